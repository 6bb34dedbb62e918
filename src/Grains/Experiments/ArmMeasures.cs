using System.Globalization;
using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Grains.Experiments;

/// <summary>Makes measures of counts.</summary>
internal static class ArmMeasures
{
    /// <summary>The number of standard errors by which the observed split must differ from the one asked for. It stands for p below 0.0001, because the split is looked at often.</summary>
    private const double SplitCertainty = 4;

    /// <summary>The relative difference of positives per shown item to the champion's; null without enough data.</summary>
    public static MeasuredDifference? RateDifference(StageCounts counts, string arm, string? task) => counts.Difference(arm, c => Rate(c, task));

    /// <summary>The relative difference of the mean log loss to the champion's; null without enough data.</summary>
    public static MeasuredDifference? LogLossDifference(StageCounts counts, string arm, string? task) => counts.Difference(arm, c => LogLoss(c, task));

    /// <summary>An experiment's measures as a caller sees them.</summary>
    public static ExperimentReport Report(ExperimentRun run, StageCounts counts) => new()
    {
        Run = run,
        Arms = [Report(ExperimentArm.Champion, run.ChampionVersion, counts), .. run.Experiment.Arms.Select(a => Report(a.Name, a.Version, counts))],
        SplitAlarm = SplitAlarm(run, counts),
    };

    /// <summary>
    /// The reason to believe that the observed split of rankings is not the one asked for. Null if the difference may be chance. The share of an arm is a ratio over blocks of
    /// users, so that users with many rankings do not make it look off.
    /// </summary>
    public static string? SplitAlarm(ExperimentRun run, StageCounts counts)
    {
        if (!run.IsRunning || run.CurrentStage.IsShadow)
        {
            return null;
        }

        string[] names = [ExperimentArm.Champion, .. run.Experiment.Arms.Select(a => a.Name)];
        long[] all = new long[ArmCounts.Blocks];
        foreach (string name in names)
        {
            Sum.Into(all, counts.Of(run.Stage, name).RankingsOfBlocks);
        }

        foreach (string name in names)
        {
            double expected = UserAssignment.Share(run, name);
            if (RatioEstimate.From(counts.Of(run.Stage, name).RankingsOfBlocks, all) is { Variance: > 0 } share
                && Math.Abs(share.Value - expected) > SplitCertainty * Math.Sqrt(share.Variance))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} has {share.Value:P2} of the rankings where {expected:P2} were asked for, more than {SplitCertainty} standard errors off");
            }
        }

        return null;
    }

    private static ArmReport Report(string name, string? version, StageCounts stages)
    {
        ArmCounts counts = stages.Total(name);
        return new ArmReport
        {
            Arm = name,
            Version = version,
            Users = counts.Users.Count(),
            Rankings = counts.Rankings,
            Errors = counts.Errors,
            Shown = counts.Shown.Sum(),
            Tasks = [.. counts.Tasks.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => Report(name, t.Key, counts, stages))],
            LatencyP50 = counts.Latency.Percentile(0.5),
            LatencyP99 = counts.Latency.Percentile(0.99),
            Shadow = counts.Shadow is { Compared: > 0 } s
                ? new(s.Compared, s.Overlap / s.Compared, s.KendallTau / s.Compared, s.MeanScore / s.Compared, s.AnsweredMeanScore / s.Compared) { Dropped = s.Dropped }
                : null,
        };
    }

    private static TaskReport Report(string arm, string task, ArmCounts total, StageCounts stages)
    {
        TaskCounts counts = total.Tasks[task];
        return new TaskReport
        {
            Task = task,
            Positives = counts.Positives.Sum(),
            Rate = Rate(total, task)?.Value,
            Difference = arm == ExperimentArm.Champion ? null : RateDifference(stages, arm, task),
            LogLoss = LogLoss(total, task)?.Value,
            Calibration = counts.ScoredPositives > 0 ? counts.Expected / counts.ScoredPositives : null,
        };
    }

    private static RatioEstimate? Rate(ArmCounts arm, string? task) =>
        task is not null && arm.Tasks.TryGetValue(task, out TaskCounts? counts) ? RatioEstimate.From(counts.Positives, arm.Shown) : null;

    private static RatioEstimate? LogLoss(ArmCounts arm, string? task) =>
        task is not null && arm.Tasks.TryGetValue(task, out TaskCounts? counts)
            ? RatioEstimate.From(counts.LogLoss, [.. counts.Scored.Select(n => (double)n)])
            : null;
}
