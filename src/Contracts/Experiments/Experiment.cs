namespace DinOrleans.Contracts.Experiments;

/// <summary>What an experiment does with the rankings of its users.</summary>
public enum ExperimentMode
{
    /// <summary>The arm scores the same rankings in the background and never answers.</summary>
    Shadow,

    /// <summary>One arm answers a share of the users that grows in stages, until it may take over.</summary>
    Canary,

    /// <summary>Each arm answers a fixed share of the users (A/B/n).</summary>
    Split,
}

/// <summary>An experiment as a person writes it: which arms answer which share of the users, and what ends it.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.Experiment")]
public sealed record Experiment
{
    /// <summary>The name, unique among all experiments: 1 to 64 lower-case letters, digits, dots and hyphens.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>What the arms do.</summary>
    [Id(1)]
    public required ExperimentMode Mode { get; init; }

    /// <summary>One arm for <see cref="ExperimentMode.Shadow"/> and <see cref="ExperimentMode.Canary"/>, 1 to 8 for <see cref="ExperimentMode.Split"/>. Users of no arm are the champion's.</summary>
    [Id(2)]
    public required IReadOnlyList<ExperimentArm> Arms { get; init; }

    /// <summary>The part of all users that takes part. Running experiments that answer may not share users.</summary>
    [Id(3)]
    public UserRange Users { get; init; } = UserRange.All;

    /// <summary>The percentages of its users that a canary's arm answers, stage by stage, ascending; empty for other modes.</summary>
    [Id(4)]
    public IReadOnlyList<double> Ramp { get; init; } = [];

    /// <summary>True for a canary whose arm is a shadow in its first stage.</summary>
    [Id(5)]
    public bool ShadowFirst { get; init; }

    /// <summary>The shortest time that a stage lasts, 0 to 30 days.</summary>
    [Id(6)]
    public TimeSpan StageTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The fewest rankings that the arm makes in a stage before the next, at least 1.</summary>
    [Id(7)]
    public long StageRankings { get; init; } = 1_000;

    /// <summary>True for a canary whose arm becomes the active version by itself after the last stage.</summary>
    [Id(8)]
    public bool Promotes { get; init; }

    /// <summary>What sends all users back to the champion. Each measure at most once.</summary>
    [Id(9)]
    public IReadOnlyList<ExperimentGuard> Guards { get; init; } = [];

    /// <summary>How long after a ranking a positive event on one of its items counts for the ranking's arm, 1 s to 7 days.</summary>
    [Id(10)]
    public TimeSpan AttributionWindow { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>One way to rank within an experiment.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ExperimentArm")]
public sealed record ExperimentArm
{
    /// <summary>The name of the arm that answers all users of no other arm: the active version as it is.</summary>
    public const string Champion = "champion";

    /// <summary>The name, unique within the experiment: 1 to 64 lower-case letters, digits, dots and hyphens, not "champion".</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The version that scores; null for the active one.</summary>
    [Id(1)]
    public string? Version { get; init; }

    /// <summary>The percentage of the experiment's users, above 0 to 100. A canary's share comes from its ramp instead and is null.</summary>
    [Id(2)]
    public double? Share { get; init; }

    /// <summary>
    /// Null to order items by score. Otherwise the temperature, above 0 to 100, at which the order is drawn from the Plackett-Luce distribution:
    /// each next item is drawn with probability proportional to <c>exp(score / temperature)</c> of the items that are left.
    /// </summary>
    [Id(3)]
    public double? Temperature { get; init; }
}

/// <summary>A part of all users, by a hash of the user id that is the same for all experiments.</summary>
/// <param name="From">The beginning of the part, in percent, 0 to less than <paramref name="To"/>.</param>
/// <param name="To">The end of the part, in percent, at most 100. It does not belong to the part.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserRange")]
public sealed record UserRange([property: Id(0)] double From, [property: Id(1)] double To)
{
    /// <summary>Every user.</summary>
    public static UserRange All { get; } = new(0, 100);

    /// <summary>True when a user can be in both.</summary>
    public bool Overlaps(UserRange other) => From < other.To && other.From < To;
}

/// <summary>What a guard looks at.</summary>
public enum GuardMeasure
{
    /// <summary>The click-through rate of the first task, positives per shown item; the limit is the largest relative drop against the champion, 0 to 1.</summary>
    Ctr,

    /// <summary>The log loss of the first task per shown item; the limit is the largest relative rise against the champion, 0 to 10.</summary>
    LogLoss,

    /// <summary>
    /// The expected positives of the first task by those that came. The limit is the largest factor, 1.01 to 100, by which it may be farther from 1 than
    /// the champion's.
    /// </summary>
    Calibration,

    /// <summary>
    /// The 99th percentile of the time of a ranking. The limit is the largest factor against the champion, at least 1 to 100. It decides nothing before both
    /// have 100 rankings.
    /// </summary>
    Latency,

    /// <summary>The share of rankings that fail; the limit is the largest difference to the champion, 0 to 1.</summary>
    Errors,
}

/// <summary>A rule whose breach sends all users back to the champion.</summary>
/// <param name="Measure">The measure that the guard compares.</param>
/// <param name="Limit">The limit; its unit is told by the measure.</param>
/// <param name="MinimumRankings">How many rankings both the arm and the champion must have before it decides, at least 1.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ExperimentGuard")]
public sealed record ExperimentGuard(
    [property: Id(0)] GuardMeasure Measure,
    [property: Id(1)] double Limit,
    [property: Id(2)] long MinimumRankings = 500);
