using System.Text.Json;
using System.Text.Json.Nodes;

namespace DinOrleans.Model.Options;

/// <summary>What a JSON value must be to be read as a type, in words.</summary>
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

    /// <param name="path">Of the field.</param>
    /// <param name="type">What it is read as.</param>
    /// <param name="isNullable">Whether a reference may be null.</param>
    /// <param name="value">As given.</param>
    /// <returns>Every broken rule.</returns>
    public static IEnumerable<string> Broken(string path, Type type, bool isNullable, JsonNode? value)
    {
        Type? valueOrNull = Nullable.GetUnderlyingType(type);
        if (value is null)
        {
            return valueOrNull is not null || (isNullable && !type.IsValueType) ? [] : [$"{path} must not be null"];
        }

        if (ElementOf(type) is { } element)
        {
            return value is JsonArray array
                ? array.SelectMany((item, i) => Broken($"{path}[{i}]", element, isNullable: false, item))
                : [$"{path} must be an array"];
        }

        Type read = valueOrNull ?? type;
        return IsA(read, value) ? [] : [$"{path} must be {(read.IsEnum ? OneOf(Names(read)) : Expected[read])}"];
    }

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static bool IsA(Type type, JsonNode value)
    {
        if (type.IsEnum)
        {
            return value.GetValueKind() == JsonValueKind.String && Names(type).Contains(value.GetValue<string>());
        }

        try
        {
            value.Deserialize(type, OptionsJson.Serializer);
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
