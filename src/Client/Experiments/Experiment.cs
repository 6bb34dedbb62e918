namespace DinOrleans.Client;

/// <summary>An experiment, how far it is and what was measured.</summary>
public sealed record Experiment
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>"shadow", "canary" or "split".</summary>
    public required string Mode { get; init; }

    /// <summary>"waiting", "running", "promoting", "promoted", "rolledBack" or "stopped".</summary>
    public required string Status { get; init; }

    /// <summary>Why it ended, takes over or waits; null while it runs.</summary>
    public string? Reason { get; init; }

    /// <summary>The arm that takes or took over; null where none does.</summary>
    public string? Winner { get; init; }

    /// <summary>When it was started, or asked for if it waits.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The version that it compares with.</summary>
    public string? ChampionVersion { get; init; }

    /// <summary>The stage that it is in.</summary>
    public required ExperimentStage Stage { get; init; }

    /// <summary>For a canary: the percentages of its users that the arm answers, stage by stage. It is empty for other modes.</summary>
    public IReadOnlyList<double> Ramp { get; init; } = [];

    /// <summary>What sends all users back to the active version.</summary>
    public IReadOnlyList<Guard> Guards { get; init; } = [];

    /// <summary>Why the split of the users is not as asked for; null where nothing is wrong with it.</summary>
    public string? SplitAlarm { get; init; }

    /// <summary>The champion and each arm with what was measured.</summary>
    public required IReadOnlyList<ExperimentArm> Arms { get; init; }
}

/// <summary>A stage.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Shadow">True where arms score in the background and never answer.</param>
/// <param name="Percent">The percentage of each arm's share that it has in this stage.</param>
/// <param name="Since">When it began.</param>
public sealed record ExperimentStage(int Number, bool Shadow, double Percent, DateTimeOffset Since);

/// <summary>An arm with what was measured. What has no data is null.</summary>
public sealed record ExperimentArm
{
    /// <summary>The arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>The version that scores; null for the active one.</summary>
    public string? Version { get; init; }

    /// <summary>The share of the users in this stage, 0 to 1; null once the experiment has ended.</summary>
    public double? Share { get; init; }

    /// <summary>The number of users, estimated.</summary>
    public long Users { get; init; }

    /// <summary>The number of rankings.</summary>
    public long Rankings { get; init; }

    /// <summary>The number of rankings that failed.</summary>
    public long Errors { get; init; }

    /// <summary>The number of items that were shown.</summary>
    public long Shown { get; init; }

    /// <summary>The median time of a ranking in milliseconds.</summary>
    public double? LatencyP50 { get; init; }

    /// <summary>The 99th percentile of the time of a ranking in milliseconds.</summary>
    public double? LatencyP99 { get; init; }

    /// <summary>What followed, per task.</summary>
    public required IReadOnlyList<TaskMeasures> Tasks { get; init; }

    /// <summary>How a shadow compares with what was answered.</summary>
    public ShadowComparison? ShadowComparison { get; init; }
}

/// <summary>What followed what an arm showed, for one task.</summary>
public sealed record TaskMeasures
{
    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The number of shown items that had a positive event of the task within the attribution window.</summary>
    public long Positives { get; init; }

    /// <summary>Positives per shown item.</summary>
    public double? Rate { get; init; }

    /// <summary>The relative difference of the rate to the champion's.</summary>
    public Difference? Difference { get; init; }

    /// <summary>The mean log loss per shown item, in nats.</summary>
    public double? LogLoss { get; init; }

    /// <summary>The expected positives by those that came.</summary>
    public double? Calibration { get; init; }
}

/// <summary>A relative difference to the champion, with an interval that may be looked at as often as wanted.</summary>
/// <param name="Estimate">The difference, for example -0.1 for ten percent less.</param>
/// <param name="Low">The lower end of its interval.</param>
/// <param name="High">The upper end of its interval.</param>
public sealed record Difference(double Estimate, double Low, double High);

/// <summary>How the rankings of a shadow compare with those that were answered.</summary>
/// <param name="Compared">The number of rankings that were compared.</param>
/// <param name="OverlapAt10">The mean share of the first ten answered items that the shadow has in its first ten, 0 to 1.</param>
/// <param name="KendallTau">The mean rank correlation of the two orders, -1 to 1.</param>
/// <param name="MeanScore">The mean score of the shadow.</param>
/// <param name="ChampionMeanScore">The mean score of what was answered.</param>
public sealed record ShadowComparison(long Compared, double OverlapAt10, double KendallTau, double MeanScore, double ChampionMeanScore)
{
    /// <summary>The number of rankings that the shadow left out, because interactive rankings come first.</summary>
    public long Dropped { get; init; }
}

/// <summary>The answer to <c>GET /v1/experiments</c>.</summary>
internal sealed record ExperimentList(IReadOnlyList<Experiment> Experiments);
