using System.Globalization;
using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Grains.Experiments;

/// <summary>Decides whether an arm does harm. What has no data has no verdict.</summary>
internal static class Guards
{
    /// <summary>Positives that a calibration needs before it says anything.</summary>
    private const long CalibrationPositives = 100;

    /// <summary>Rankings that a latency needs before it says anything. The 99th percentile of fewer is the slowest of them.</summary>
    private const long LatencyRankings = 100;

    /// <summary>Standard errors that a breach must be away from chance, of the measures without an interval of their own.</summary>
    private const double Certainty = 4;

    /// <summary>What an arm breaches, in words that have the numbers; null where it breaches nothing, or nothing can be said.</summary>
    /// <param name="run">The experiment. Its guards are asked in their order.</param>
    /// <param name="counts">The counts of the experiment's arms.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="task">The name of the first task; null before any is known.</param>
    public static string? Breach(ExperimentRun run, StageCounts counts, string arm, string? task)
    {
        foreach (ExperimentGuard guard in run.Experiment.Guards)
        {
            string? breach = guard.Measure switch
            {
                GuardMeasure.Ctr => Ctr(guard, counts, arm, task),
                GuardMeasure.LogLoss => LogLoss(guard, counts, arm, task),
                GuardMeasure.Calibration => Calibration(guard, counts.Total(arm), counts.Total(ExperimentArm.Champion), task),
                GuardMeasure.Latency => Latency(guard, counts.Of(run.Stage, arm), counts.Of(run.Stage, ExperimentArm.Champion)),
                _ => Errors(guard, counts.Of(run.Stage, arm), counts.Of(run.Stage, ExperimentArm.Champion)),
            };
            if (breach is not null)
            {
                return breach;
            }
        }

        return null;
    }

    private static bool IsEnough(ExperimentGuard guard, ArmCounts arm, ArmCounts champion) =>
        Math.Min(arm.Rankings, champion.Rankings) >= guard.MinimumRankings;

    private static string? Ctr(ExperimentGuard guard, StageCounts counts, string arm, string? task) =>
        IsEnough(guard, counts.Total(arm), counts.Total(ExperimentArm.Champion))
        && ArmMeasures.RateDifference(counts, arm, task) is { } difference && difference.High < -guard.Limit
            ? Text($"ctr is {difference.Estimate:P1} against the champion, surely below {difference.High:P1}; the guard allows {-guard.Limit:P1}")
            : null;

    private static string? LogLoss(ExperimentGuard guard, StageCounts counts, string arm, string? task) =>
        IsEnough(guard, counts.Total(arm), counts.Total(ExperimentArm.Champion))
        && ArmMeasures.LogLossDifference(counts, arm, task) is { } difference && difference.Low > guard.Limit
            ? Text($"logLoss is {difference.Estimate:P1} against the champion, surely above {difference.Low:P1}; the guard allows {guard.Limit:P1}")
            : null;

    /// <summary>
    /// Compares how far the two are from 1: where items are shown that nobody looks at, every version expects more positives than come.
    /// </summary>
    private static string? Calibration(ExperimentGuard guard, ArmCounts arm, ArmCounts champion, string? task)
    {
        if (!IsEnough(guard, arm, champion) || Factor(arm, task) is not { } own || Factor(champion, task) is not { } usual)
        {
            return null;
        }

        double distance = Math.Abs(Math.Log(own.Value)) - Math.Abs(Math.Log(usual.Value));
        double doubt = Certainty * Math.Sqrt((1.0 / own.Positives) + (1.0 / usual.Positives));
        return distance - doubt > Math.Log(guard.Limit)
            ? Text($"calibration is {own.Value:F3} over {own.Positives} positives against the champion's {usual.Value:F3}; the guard allows {guard.Limit:F3} times its distance from 1")
            : null;
    }

    /// <summary>The expected positives by those that came, and how many came; null while there are too few.</summary>
    private static (double Value, long Positives)? Factor(ArmCounts arm, string? task) =>
        task is not null && arm.Tasks.TryGetValue(task, out TaskCounts? counts) && counts.ScoredPositives >= CalibrationPositives && counts.Expected > 0
            ? (counts.Expected / counts.ScoredPositives, counts.ScoredPositives)
            : null;

    private static string? Latency(ExperimentGuard guard, ArmCounts arm, ArmCounts champion) =>
        IsEnough(guard, arm, champion) && Math.Min(arm.Rankings, champion.Rankings) >= LatencyRankings && arm.Latency.Percentile(0.99) is { } slow && champion.Latency.Percentile(0.99) is { } usual && slow > usual * guard.Limit
            ? Text($"latency p99 is {slow:F1} ms against the champion's {usual:F1} ms; the guard allows {guard.Limit:F2} times it")
            : null;

    private static string? Errors(ExperimentGuard guard, ArmCounts arm, ArmCounts champion)
    {
        if (!IsEnough(guard, arm, champion))
        {
            return null;
        }

        double share = arm.Errors / (double)arm.Rankings;
        double usual = champion.Errors / (double)champion.Rankings;
        double pooled = (arm.Errors + champion.Errors) / (double)(arm.Rankings + champion.Rankings);
        double doubt = Certainty * Math.Sqrt(pooled * (1 - pooled) * ((1.0 / arm.Rankings) + (1.0 / champion.Rankings)));
        return share - usual - doubt > guard.Limit
            ? Text($"errors are {share:P2} of the rankings against the champion's {usual:P2}; the guard allows {guard.Limit:P2} more")
            : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
