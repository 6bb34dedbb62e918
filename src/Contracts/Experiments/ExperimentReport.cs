namespace DinOrleans.Contracts.Experiments;

/// <summary>An experiment with what was measured so far.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ExperimentReport")]
public sealed record ExperimentReport
{
    /// <summary>The experiment and how far it is.</summary>
    [Id(0)]
    public required ExperimentRun Run { get; init; }

    /// <summary>The champion's measures, then those of each arm.</summary>
    [Id(1)]
    public required IReadOnlyList<ArmReport> Arms { get; init; }

    /// <summary>Why the split of the users is not as asked for; null where nothing is wrong with it. Measures of such an experiment mislead.</summary>
    [Id(2)]
    public string? SplitAlarm { get; init; }
}

/// <summary>What was measured of one arm.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ArmReport")]
public sealed record ArmReport
{
    /// <summary>The arm's name; "champion" for the active version's users.</summary>
    [Id(0)]
    public required string Arm { get; init; }

    /// <summary>The version that scores for it; null for the active one.</summary>
    [Id(1)]
    public string? Version { get; init; }

    /// <summary>The number of users who had rankings of the arm, estimated to 2 %.</summary>
    [Id(2)]
    public long Users { get; init; }

    /// <summary>The number of rankings that the arm answered, or scored in the shadow.</summary>
    [Id(3)]
    public long Rankings { get; init; }

    /// <summary>The number of rankings that failed.</summary>
    [Id(4)]
    public long Errors { get; init; }

    /// <summary>The number of items that its answers showed. It is 0 for a shadow.</summary>
    [Id(5)]
    public long Shown { get; init; }

    /// <summary>What happened on shown items, per task.</summary>
    [Id(6)]
    public required IReadOnlyList<TaskReport> Tasks { get; init; }

    /// <summary>The median time of a ranking in milliseconds; null without rankings.</summary>
    [Id(7)]
    public double? LatencyP50 { get; init; }

    /// <summary>The 99th percentile of the time of a ranking in milliseconds; null without rankings.</summary>
    [Id(8)]
    public double? LatencyP99 { get; init; }

    /// <summary>How a shadow's rankings compare with those that were answered; null for an arm that was never a shadow.</summary>
    [Id(9)]
    public ShadowReport? Shadow { get; init; }
}

/// <summary>What followed what an arm showed, for one task.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.TaskReport")]
public sealed record TaskReport
{
    /// <summary>The task's name.</summary>
    [Id(0)]
    public required string Task { get; init; }

    /// <summary>The number of shown items that had a positive event of the task within the attribution window.</summary>
    [Id(1)]
    public long Positives { get; init; }

    /// <summary>Positives per shown item; null without shown items.</summary>
    [Id(2)]
    public double? Rate { get; init; }

    /// <summary>
    /// The relative difference of the rate to the champion's, with an interval that holds the true difference with 99 % probability at all times
    /// together, so that it may be looked at as often as wanted; null for the champion and without data.
    /// </summary>
    [Id(3)]
    public MeasuredDifference? Difference { get; init; }

    /// <summary>The mean log loss per shown item; null without shown items and where scores are not probabilities.</summary>
    [Id(4)]
    public double? LogLoss { get; init; }

    /// <summary>The expected positives by those that came; null without positives and where scores are not probabilities.</summary>
    [Id(5)]
    public double? Calibration { get; init; }
}

/// <summary>A relative difference to the champion.</summary>
/// <param name="Estimate">The difference, for example -0.1 for ten percent less.</param>
/// <param name="Low">The lower end of its interval.</param>
/// <param name="High">The upper end of its interval.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.MeasuredDifference")]
public sealed record MeasuredDifference([property: Id(0)] double Estimate, [property: Id(1)] double Low, [property: Id(2)] double High);

/// <summary>How the rankings of a shadow compare with those that were answered.</summary>
/// <param name="Compared">The number of rankings that were compared.</param>
/// <param name="OverlapAt10">The mean share of the first ten answered items that the shadow has in its first ten, 0 to 1.</param>
/// <param name="KendallTau">The mean rank correlation of the two orders (Kendall's tau), -1 to 1.</param>
/// <param name="MeanScore">The mean score of the shadow.</param>
/// <param name="ChampionMeanScore">The mean score of what was answered, over the same rankings and items.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ShadowReport")]
public sealed record ShadowReport(
    [property: Id(0)] long Compared,
    [property: Id(1)] double OverlapAt10,
    [property: Id(2)] double KendallTau,
    [property: Id(3)] double MeanScore,
    [property: Id(4)] double ChampionMeanScore)
{
    /// <summary>The number of rankings that the shadow left out, because interactive rankings come first.</summary>
    [Id(5)]
    public long Dropped { get; init; }
}
