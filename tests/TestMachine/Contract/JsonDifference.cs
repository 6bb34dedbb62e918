using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DinOrleans.TestMachine.Contract;

/// <summary>Says where two JSON values differ.</summary>
public static class JsonDifference
{
    /// <summary>Finds the first difference.</summary>
    /// <param name="expected">The value that is wanted.</param>
    /// <param name="actual">The value that is there.</param>
    /// <param name="tolerance">The most that two numbers may differ by.</param>
    /// <param name="path">The path of the values.</param>
    /// <returns>The path with both values; null where they are the same. The order of members does not count.</returns>
    public static string? Find(JsonNode? expected, JsonNode? actual, double tolerance = 0, string path = "$") => (expected, actual) switch
    {
        (null, null) => null,
        (JsonObject one, JsonObject other) => InMembers(one, other, tolerance, path),
        (JsonArray one, JsonArray other) => InElements(one, other, tolerance, path),
        (JsonValue one, JsonValue other) when IsNumber(one) && IsNumber(other) => Math.Abs(Number(one) - Number(other)) <= tolerance ? null : Text(expected, actual, path),
        (JsonValue one, JsonValue other) => JsonNode.DeepEquals(one, other) ? null : Text(expected, actual, path),
        _ => Text(expected, actual, path),
    };

    private static string? InMembers(JsonObject expected, JsonObject actual, double tolerance, string path)
    {
        string[] names = [.. expected.Select(m => m.Key).Union(actual.Select(m => m.Key))];
        string? unequal = names.FirstOrDefault(name => expected.ContainsKey(name) != actual.ContainsKey(name));
        return unequal is not null
            ? $"{path}.{unequal} is {(actual.ContainsKey(unequal) ? "there, and should not be" : "missing")}"
            : names.Select(name => Find(expected[name], actual[name], tolerance, $"{path}.{name}")).FirstOrDefault(d => d is not null);
    }

    private static string? InElements(JsonArray expected, JsonArray actual, double tolerance, string path) => expected.Count != actual.Count
        ? $"{path} has {actual.Count} elements and should have {expected.Count}"
        : expected.Select((e, i) => Find(e, actual[i], tolerance, $"{path}[{i}]")).FirstOrDefault(d => d is not null);

    private static bool IsNumber(JsonValue value) => value.GetValueKind() == JsonValueKind.Number;

    private static double Number(JsonValue value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static string Text(JsonNode? expected, JsonNode? actual, string path) => $"{path} is {actual?.ToJsonString() ?? "null"} and should be {expected?.ToJsonString() ?? "null"}";
}
