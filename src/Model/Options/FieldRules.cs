using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace DinOrleans.Model.Options;

/// <summary>The rules that a JSON value must keep to be read as a type, in words.</summary>
internal static class FieldRules
{
    private static readonly Dictionary<Type, string> Expected = new()
    {
        [typeof(bool)] = "true or false",
        [typeof(int)] = "a whole number below 2^31",
        [typeof(long)] = "a whole number below 2^63",
        [typeof(float)] = "a number",
        [typeof(double)] = "a number",
        [typeof(string)] = "text",
        [typeof(TimeSpan)] = "a time such as \"01:30:00\"",
        [typeof(JsonObject)] = "an object",
    };

    /// <summary>Checks an object: it must have no unknown field, lack no required one, and each value must fit its type.</summary>
    /// <param name="path">The path of the object; empty for the outermost one.</param>
    /// <param name="type">The type that it is read as.</param>
    /// <param name="json">The object.</param>
    /// <param name="serializer">The rules by which it is read.</param>
    /// <returns>Every broken rule, by field.</returns>
    public static IEnumerable<string> CheckObject(string path, JsonTypeInfo type, JsonObject json, JsonSerializerOptions serializer)
    {
        StringComparison names = serializer.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        string before = path.Length == 0 ? "" : path + ".";
        foreach ((string name, JsonNode? value) in json)
        {
            IEnumerable<string> broken = type.Properties.FirstOrDefault(p => p.Name.Equals(name, names)) is { } property
                ? Check(before + property.Name, property.PropertyType, property.IsSetNullable, value, serializer)
                : [$"{before}{name} is unknown; known are {string.Join(", ", type.Properties.Select(p => p.Name))}"];
            foreach (string rule in broken)
            {
                yield return rule;
            }
        }

        foreach (JsonPropertyInfo missing in type.Properties.Where(p => p.IsRequired && !json.Any(f => p.Name.Equals(f.Key, names))))
        {
            yield return $"{before}{missing.Name} must be there";
        }
    }

    private static IEnumerable<string> Check(string path, Type type, bool isNullable, JsonNode? value, JsonSerializerOptions serializer)
    {
        Type? valueOrNull = Nullable.GetUnderlyingType(type);
        if (value is null)
        {
            return valueOrNull is not null || (isNullable && !type.IsValueType) ? [] : [$"{path} must not be null"];
        }

        if (ElementOf(type) is { } element)
        {
            return value is JsonArray array
                ? array.SelectMany((item, i) => Check($"{path}[{i}]", element, isNullable: false, item, serializer))
                : [$"{path} must be an array"];
        }

        Type read = valueOrNull ?? type;
        if (!read.IsEnum && !Expected.ContainsKey(read))
        {
            return value is JsonObject inner ? CheckInner(path, read, inner, serializer) : [$"{path} must be an object"];
        }

        return IsA(read, value, serializer) ? [] : [$"{path} must be {(read.IsEnum ? OneOf(Names(read)) : Expected[read])}"];
    }

    private static IEnumerable<string> CheckInner(string path, Type type, JsonObject json, JsonSerializerOptions serializer) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
            ? json.SelectMany(f => Check($"{path}.{f.Key}", type.GetGenericArguments()[1], isNullable: false, f.Value, serializer))
            : CheckObject(path, serializer.GetTypeInfo(type), json, serializer);

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static bool IsA(Type type, JsonNode value, JsonSerializerOptions serializer)
    {
        try
        {
            if (type.IsEnum)
            {
                return value.GetValueKind() == JsonValueKind.String && Names(type).Contains(value.GetValue<string>());
            }

            value.Deserialize(type, serializer);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string[] Names(Type type) => [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private static string OneOf(string[] names) =>
        $"{string.Join(", ", names[..^1].Select(n => $"\"{n}\""))} or \"{names[^1]}\"";
}
