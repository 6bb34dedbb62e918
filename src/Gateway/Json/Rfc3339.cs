using System.Globalization;

namespace DinOrleans.Gateway.Json;

/// <summary>Timestamps of the REST interface.</summary>
internal static class Rfc3339
{
    public const string Rule = "must be an RFC 3339 timestamp with offset, for example 2026-01-31T09:30:00Z";

    private const int ShortestWithOffset = 20;

    /// <summary>Takes only what names a moment: date, time and offset.</summary>
    public static bool TryParse(string? text, out DateTimeOffset timestamp)
    {
        timestamp = default;
        return text is { Length: >= ShortestWithOffset }
            && text[10] is 'T' or 't'
            && HasOffset(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out timestamp);
    }

    private static bool HasOffset(string text) => text[^1] is 'Z' or 'z' || (text[^6] is '+' or '-' && text[^3] == ':');
}
