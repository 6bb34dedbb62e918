namespace DinOrleans.Datasets.Import;

/// <summary>The days a source says it covers. Its rows outside them have broken clocks.</summary>
/// <param name="From">First second, since 1970.</param>
/// <param name="Until">The second after the last, since 1970.</param>
internal readonly record struct TimeWindow(long From, long Until)
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>Whole days in China, the last one included.</summary>
    public static TimeWindow OfDaysInChina(DateOnly first, DateOnly last) =>
        new(Start(first), Start(last.AddDays(1)));

    /// <summary>Whether a moment is in the window.</summary>
    /// <param name="seconds">Since 1970, negative before.</param>
    public bool Contains(long seconds) => seconds >= From && seconds < Until;

    private static long Start(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Beijing).ToUnixTimeSeconds();
}
