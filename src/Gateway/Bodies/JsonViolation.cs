using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DinOrleans.Contracts;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Bodies;

/// <summary>Says which rule a JSON text breaks.</summary>
internal static class JsonViolation
{
    /// <summary>Makes the broken rule of an error. The field is a JSON path, or $ for the whole text.</summary>
    /// <param name="error">The error of the parser.</param>
    /// <param name="json">The text that was parsed.</param>
    /// <param name="type">The type that it was to have.</param>
    public static Violation Of(JsonException error, ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        string field = FieldOf(error.Path);
        return error switch
        {
            JsonRuleException { Member: { } member } broken => new(field == "$" ? member : $"{field}.{member}", broken.Rule),
            JsonRuleException broken => new(field, broken.Rule),

            // The reader's exception is the inner one: the text is not JSON.
            { InnerException: JsonException } => new(field, $"must be well-formed JSON: error at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}"),
            _ => new(field, JsonShape.FindBrokenRule(json, type) ?? "must have the form that the API's description says"),
        };
    }

    private static string FieldOf(string? path) => path switch
    {
        null or "" or "$" => "$",
        _ when path.StartsWith("$.", StringComparison.Ordinal) => path[2..],
        _ => path[1..],
    };
}
