using System.Globalization;
using System.Text.Json;

namespace DinOrleans.Model.Options;

/// <summary>Describes what is wrong with a JSON text, for a person who can see the text.</summary>
public static class JsonProblem
{
    // The framework ends its message with the place in its own words.
    private static readonly string[] Places = [" Path: ", " LineNumber: "];

    /// <summary>Describes the place, counted from 1, and the reason: "line 3, byte 14: '}' is an invalid start of a value".</summary>
    public static string Describe(JsonException error)
    {
        string reason = error.Message;
        foreach (string place in Places)
        {
            int at = reason.LastIndexOf(place, StringComparison.Ordinal);
            reason = at < 0 ? reason : reason[..at];
        }

        reason = reason.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        return error.LineNumber is { } line && error.BytePositionInLine is { } position
            ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, byte {position + 1}: {reason}")
            : reason;
    }
}
