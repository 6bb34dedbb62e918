using System.Text.Json;
using System.Text.RegularExpressions;

namespace DinOrleans.Standalone.Tests.Docs.CodeBlocks;

/// <summary>JSON of the documentation, which may leave out members and elements by an ellipsis.</summary>
internal static partial class DocJson
{
    /// <exception cref="JsonException">The text is not JSON, whatever the ellipses stand for.</exception>
    public static JsonElement Parse(string text) => JsonSerializer.Deserialize<JsonElement>(Ellipsis().Replace(text, match =>
        match.Groups["string"].Success ? match.Value
        : text.AsSpan(match.Index + match.Length).TrimStart() is ['}' or ']', ..] or [] || !match.Value.StartsWith(',') ? ""
        : ","));

    /// <summary>The names of members, each with the path to it, that a document has and the actual one has not.</summary>
    /// <remarks>An element of a documented array must look like some element of the actual one, and an empty actual array says nothing.</remarks>
    public static IEnumerable<string> Missing(JsonElement documented, JsonElement actual, string path = "$")
    {
        if (documented.ValueKind == JsonValueKind.Array && actual.ValueKind == JsonValueKind.Array)
        {
            return actual.GetArrayLength() == 0 ? [] : documented.EnumerateArray()
                .SelectMany(element => actual.EnumerateArray().Select(a => Missing(element, a, path + "[]").ToArray()).MinBy(missing => missing.Length)!);
        }

        return documented.ValueKind != JsonValueKind.Object ? []
            : actual.ValueKind != JsonValueKind.Object ? [path]
            : documented.EnumerateObject().SelectMany(member => actual.TryGetProperty(member.Name, out JsonElement value)
                ? Missing(member.Value, value, $"{path}.{member.Name}")
                : [$"{path}.{member.Name}"]);
    }

    [GeneratedRegex("""(?<string>"(?:[^"\\]|\\.)*")|,?\s*…""")]
    private static partial Regex Ellipsis();
}
