using System.Globalization;

namespace DinOrleans.Datasets.Import;

/// <summary>
/// Turns local times into moments. A local time that occurs twice, because clocks went back, is the first of the two. One that does not exist, because
/// clocks went forward, is read in the zone's standard time, so that 02:30 becomes 03:30 in summer time.
/// </summary>
/// <param name="zone">The time zone. Null for UTC.</param>
internal sealed class LocalTimes(TimeZoneInfo? zone)
{
    private long _twice;
    private long _never;

    /// <summary>What was read by the rule for times that are not clear. Empty if all were clear.</summary>
    public IEnumerable<string> Notes()
    {
        if (_twice > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{_twice:N0} local times occur twice in {zone!.Id}, because clocks went back, and are read as the first of the two.");
        }

        if (_never > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{_never:N0} local times do not exist in {zone!.Id}, because clocks went forward, and are read in standard time.");
        }
    }

    /// <summary>The moment of a local time.</summary>
    /// <param name="local">The local time, of any kind.</param>
    /// <param name="moment">The moment in UTC.</param>
    /// <returns>False if the moment is before the year 1 or after the year 9999.</returns>
    public bool TryRead(DateTime local, out DateTimeOffset moment)
    {
        var time = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        long ticks = time.Ticks - (zone is null ? 0 : Offset(time).Ticks);
        bool isMoment = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        moment = isMoment ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isMoment;
    }

    private TimeSpan Offset(DateTime time)
    {
        if (zone!.IsAmbiguousTime(time))
        {
            _twice++;
            return zone.GetAmbiguousTimeOffsets(time).Max();
        }

        if (zone.IsInvalidTime(time))
        {
            _never++;
        }

        // For a time that does not exist, this is the offset of the standard time.
        return zone.GetUtcOffset(time);
    }
}
