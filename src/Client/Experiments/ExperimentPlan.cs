namespace DinOrleans.Client;

/// <summary>An experiment to start.</summary>
public sealed record ExperimentPlan
{
    /// <summary>"shadow" (scores in the background and never answers), "canary" (answers a growing share of the users) or "split" (fixed shares).</summary>
    public required string Mode { get; init; }

    /// <summary>The arms. The active version answers the users of no arm.</summary>
    public required IReadOnlyList<PlannedArm> Arms { get; init; }

    /// <summary>The part of all users that takes part; null for all users.</summary>
    public UserRange? Users { get; init; }

    /// <summary>For a canary: the percentages of its users that the arm answers, stage by stage, ascending.</summary>
    public IReadOnlyList<double>? Ramp { get; init; }

    /// <summary>For a canary: true to begin as a shadow.</summary>
    public bool ShadowFirst { get; init; }

    /// <summary>The shortest time that a stage lasts, in seconds; null for 600.</summary>
    public double? StageSeconds { get; init; }

    /// <summary>The fewest rankings that the arm makes in a stage; null for 1,000.</summary>
    public long? StageRankings { get; init; }

    /// <summary>For a canary: true to make the arm's version the active one after the last stage.</summary>
    public bool Promotes { get; init; }

    /// <summary>What sends all users back to the active version; null for nothing.</summary>
    public IReadOnlyList<Guard>? Guards { get; init; }

    /// <summary>How long after a ranking a positive event on one of its items counts for it, in seconds; null for 1,800.</summary>
    public double? AttributionSeconds { get; init; }
}

/// <summary>An arm to start.</summary>
/// <param name="Name">1 to 64 lower-case letters, digits, dots and hyphens.</param>
/// <param name="Version">The version that scores; null for the active one, which only a split allows.</param>
/// <param name="Share">The percentage of the users, above 0 to 100; null for a canary.</param>
/// <param name="Temperature">Above 0 to 100: the order is drawn at this temperature. By score where it is null.</param>
public sealed record PlannedArm(string Name, string? Version = null, double? Share = null, double? Temperature = null);

/// <summary>A part of all users.</summary>
/// <param name="From">The beginning of the part, in percent.</param>
/// <param name="To">The end of the part, in percent. It does not belong to the part.</param>
public sealed record UserRange(double From, double To);

/// <summary>A guard.</summary>
/// <param name="Measure">"ctr", "logLoss", "calibration", "latency" or "errors".</param>
/// <param name="Limit">The limit: a relative drop, a relative rise, a factor, a factor or a difference.</param>
/// <param name="MinimumRankings">The fewest rankings of arm and champion before it decides; null for 500.</param>
public sealed record Guard(string Measure, double Limit, long? MinimumRankings = null);

/// <summary>The body of <c>POST /v1/experiments/{name}/promote</c>.</summary>
internal sealed record PromoteBody(string? Arm);
