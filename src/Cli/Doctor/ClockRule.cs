using System.Globalization;

namespace DinOrleans.Cli.Doctor;

/// <summary>How far clocks may differ.</summary>
internal static class ClockRule
{
    public const string Advice = "Let NTP set the clocks of all machines: silos that differ by more than Silo:SilentSilosLeaveAfter vote each other out.";

    /// <summary>The largest difference that is not a problem.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    /// <summary>Says how far a clock differs from this machine's.</summary>
    public static string Text(TimeSpan ahead) => string.Create(
        CultureInfo.InvariantCulture, $"Its clock is {ahead.Duration().TotalSeconds:N0} s {(ahead > TimeSpan.Zero ? "ahead" : "behind")}.");
}
