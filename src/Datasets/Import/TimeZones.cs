using System.Diagnostics.CodeAnalysis;

namespace DinOrleans.Datasets.Import;

/// <summary>Finds time zones by name.</summary>
public static class TimeZones
{
    /// <summary>Finds a time zone.</summary>
    /// <param name="name">The name in the IANA database, such as "Europe/Berlin", or "UTC".</param>
    /// <param name="zone">The time zone.</param>
    /// <param name="rule">The broken rule in words that follow the name of the field.</param>
    /// <returns>False if this machine does not know it.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone, [NotNullWhen(false)] out string? rule)
    {
        bool isKnown = TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
        rule = isKnown ? null
            : TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _) ? $"must be a time zone such as Europe/Berlin or UTC, but is \"{name}\""
            : $"is \"{name}\", and this machine has no database of time zones; on Debian it is the package tzdata";
        return isKnown;
    }
}
