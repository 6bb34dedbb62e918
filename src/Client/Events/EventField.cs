using System.Globalization;

namespace DinOrleans.Client;

/// <summary>Reads the fields of broken rules of <c>POST /v1/events</c>.</summary>
internal static class EventField
{
    private const string Prefix = "events[";

    /// <summary>The place of the event in the request; null where the field is not that of an event.</summary>
    /// <param name="field">The field, for example <c>events[3].timestamp</c>.</param>
    public static int? Place(string field)
    {
        int end = field.IndexOf(']');
        return field.StartsWith(Prefix, StringComparison.Ordinal)
            && end > Prefix.Length
            && int.TryParse(field.AsSpan(Prefix.Length, end - Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int place)
            ? place
            : null;
    }
}
