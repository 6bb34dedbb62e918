using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests.Docs;

/// <summary>Describes the JSON of a result: the members of its type and of the types in it, with their docstrings.</summary>
internal static class ResultTable
{
    /// <summary>Writes the tables, one per type.</summary>
    public static string Write(Type result)
    {
        var text = new StringBuilder();
        Queue<Type> types = new([result]);
        HashSet<Type> written = [result];
        while (types.TryDequeue(out Type? type))
        {
            text.Append(type == result ? "\nThe result with `--json`:\n" : $"\n{Name(type)}:\n");
            text.Append("\n| member | type | meaning |\n|---|---|---|\n");
            foreach (PropertyInfo property in Properties(type))
            {
                text.Append($"| `{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}` | {Describe(property)} | {DocComments.Summary(property)} |\n");
                Type inner = Innermost(property.PropertyType);
                if (IsRecord(inner) && written.Add(inner))
                {
                    types.Enqueue(inner);
                }
            }
        }

        return text.ToString();
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract");

    private static string Describe(PropertyInfo property)
    {
        bool isNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null
            || new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        return Describe(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) + (isNullable ? " or null" : "");
    }

    private static string Describe(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(DateTimeOffset) ? "time"
        : type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(n => $"`{JsonNamingPolicy.CamelCase.ConvertName(n)}`"))
        : type.IsPrimitive ? "number"
        : type.IsGenericType && type.GetGenericArguments() is [_, var value] ? $"object from names to {Describe(value)}"
        : Element(type) is { } element ? $"list of {Describe(element)}"
        : Name(type);

    private static Type Innermost(Type type) =>
        Nullable.GetUnderlyingType(type) is { } underlying ? underlying
        : type == typeof(string) ? type
        : type.IsGenericType && type.GetGenericArguments() is [_, var value] ? Innermost(value)
        : Element(type) is { } element ? Innermost(element)
        : type;

    private static Type? Element(Type type) =>
        type.IsArray ? type.GetElementType()
        : type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) && type.IsGenericType ? type.GetGenericArguments()[0]
        : null;

    private static bool IsRecord(Type type) => !type.IsPrimitive && !type.IsEnum && type.Namespace!.StartsWith("DinOrleans.", StringComparison.Ordinal);

    private static string Name(Type type) => $"*{type.Name}*";
}
