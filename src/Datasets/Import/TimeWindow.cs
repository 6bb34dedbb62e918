namespace DinOrleans.Datasets.Import;

/// <summary>The days that a source says it covers. Rows outside them come from wrong clocks.</summary>
/// <param name="From">The first second, since 1970.</param>
/// <param name="Until">The second after the last one, since 1970.</param>
internal readonly record struct TimeWindow(long From, long Until)
{
    /// <summary>Why a row is left out.</summary>
    public const string Reason = "outside the published days";

    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>Makes a window of whole days in China, with the last one.</summary>
    public static TimeWindow OfDaysInChina(DateOnly first, DateOnly last) =>
        new(Start(first), Start(last.AddDays(1)));

    /// <summary>True if a moment is in the window.</summary>
    /// <param name="seconds">The seconds since 1970, which are negative before.</param>
    public bool Contains(long seconds) => seconds >= From && seconds < Until;

    private static long Start(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Beijing).ToUnixTimeSeconds();
}
