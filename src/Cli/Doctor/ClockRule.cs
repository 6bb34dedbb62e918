using System.Globalization;

namespace DinOrleans.Cli.Doctor;

/// <summary>How far clocks may differ.</summary>
internal static class ClockRule
{
    public const string Advice = "Let NTP set the clocks of all machines: silos that differ by more than Silo:SilentSilosLeaveAfter vote each other out.";

    /// <summary>The largest difference that is not a problem.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    /// <summary>By how much a clock is ahead of this machine's, at least. It is negative for one that is behind.</summary>
    /// <param name="from">The first time that the clock may have shown.</param>
    /// <param name="to">The last time that it may have shown, where it was told without fractions.</param>
    /// <param name="asked">The time here, just before the clock was asked for.</param>
    /// <param name="answered">The time here, just after its answer has come.</param>
    public static TimeSpan Ahead(DateTimeOffset from, DateTimeOffset to, DateTimeOffset asked, DateTimeOffset answered) =>
        from > answered ? from - answered : to < asked ? to - asked : TimeSpan.Zero;

    /// <summary>Says how far a clock differs from this machine's.</summary>
    public static string Text(TimeSpan ahead) => string.Create(
        CultureInfo.InvariantCulture, $"Its clock is {ahead.Duration().TotalSeconds:N0} s {(ahead > TimeSpan.Zero ? "ahead" : "behind")}.");
}
