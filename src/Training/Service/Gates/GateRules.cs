using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Trainings;

namespace DinOrleans.Training.Service.Gates;

/// <summary>Judges a version by what was measured. A measure that could not be taken is not held against the version, and a note says so.</summary>
internal static class GateRules
{
    public const string Gauc = "gauc";
    public const string LogLoss = "logLoss";
    public const string Calibration = "calibration";
    public const string StoredSample = "storedSample";
    public const string LoadTime = "loadTime";

    private const string NoChampion = "no champion";

    /// <summary>Judges the quality on the latest slice.</summary>
    /// <param name="version">The version's measures.</param>
    /// <param name="champion">The active version's on the same rankings; null where there is none, or none that can be compared.</param>
    /// <param name="rankings">The number of rankings that both were measured on.</param>
    /// <param name="options">The limits.</param>
    public static IEnumerable<GateResult> Quality(SliceMeasures version, SliceMeasures? champion, int rankings, GateOptions options)
    {
        if (rankings < options.MinimumRankings)
        {
            string note = $"{rankings} rankings are too few to judge by, {options.MinimumRankings} are needed";
            return [Unmeasured(Gauc, note), Unmeasured(LogLoss, note), Unmeasured(Calibration, note)];
        }

        bool sameScale = version.AreProbabilities && champion?.AreProbabilities != false;
        return
        [
            NotBelow(Gauc, version.Gauc, champion?.Gauc, champion?.Gauc - options.MaxGaucLoss, rankings),
            sameScale
                ? NotAbove(LogLoss, version.LogLoss, champion?.LogLoss, champion?.LogLoss * (1 + options.MaxLogLossRise), rankings)
                : Unmeasured(LogLoss, "scores of at least one of the versions are not probabilities"),
            version.AreProbabilities ? Calibrated(version, options) : Unmeasured(Calibration, "scores are not probabilities"),
        ];
    }

    /// <summary>Judges how the version did on a silo.</summary>
    /// <param name="check">The result of the silo's check.</param>
    /// <param name="options">The limits.</param>
    public static IEnumerable<GateResult> Service(VersionCheck check, GateOptions options) =>
    [
        new(StoredSample, check.RefusedBecause is null && check.SampleDifference <= check.SampleTolerance, check.SampleDifference, null, check.SampleTolerance, check.RefusedBecause),
        new(LoadTime, check.LoadTime <= options.MaxLoadTime, check.LoadTime.TotalSeconds, null, options.MaxLoadTime.TotalSeconds, "seconds"),
    ];

    /// <summary>Says in words which gates were not passed; null where all were.</summary>
    public static string? Reason(IEnumerable<GateResult> gates)
    {
        string[] failed = [.. gates.Where(g => !g.Passed).Select(Sentence)];
        return failed.Length == 0 ? null : string.Join(" ", failed);
    }

    private static string Sentence(GateResult gate) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{gate.Name} is {gate.Value:0.####}, and the limit is {gate.Limit:0.####}{(gate.Champion is { } champion ? $" (the active version has {champion:0.####})" : "")}{(gate.Note is { } note ? $": {note}" : "")}.");

    private static GateResult NotBelow(string name, double value, double? champion, double? limit, int rankings) =>
        Compared(name, value, champion, limit, rankings, value >= limit);

    private static GateResult NotAbove(string name, double value, double? champion, double? limit, int rankings) =>
        Compared(name, value, champion, limit, rankings, value <= limit);

    private static GateResult Compared(string name, double value, double? champion, double? limit, int rankings, bool holds) => champion is null
        ? new(name, Passed: true, Finite(value), null, null, NoChampion)
        : !double.IsFinite(value) || !double.IsFinite(champion.Value)
            ? Unmeasured(name, $"{rankings} rankings do not give it")
            : new(name, holds, value, champion, limit, $"on {rankings} rankings");

    /// <summary>The task that is furthest off, in proportion to what its number of positives lets expect.</summary>
    private static GateResult Calibrated(SliceMeasures version, GateOptions options)
    {
        (TaskMeasures Task, double Limit)[] tasks =
        [
            .. version.Tasks.Where(t => t.Positives > 0 && t.Quality.Calibration > 0 && double.IsFinite(t.Quality.Calibration))
                .Select(t => (t, options.MaxCalibration * Math.Exp(3 / Math.Sqrt(t.Positives)))),
        ];
        if (tasks.Length == 0)
        {
            return Unmeasured(Calibration, "no task has a positive");
        }

        (TaskMeasures worst, double limit) = tasks.MaxBy(t => Distance(t.Task) - Math.Log(t.Limit));
        return new(Calibration, Distance(worst) <= Math.Log(limit), worst.Quality.Calibration, null, limit, $"task {worst.Task}, {worst.Positives} positives, above or below 1 by this factor");
    }

    private static double Distance(TaskMeasures task) => Math.Abs(Math.Log(task.Quality.Calibration));

    private static GateResult Unmeasured(string name, string why) => new(name, Passed: true, null, null, null, why);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
