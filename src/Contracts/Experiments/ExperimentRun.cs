using System.Text.Json.Serialization;

namespace DinOrleans.Contracts.Experiments;

/// <summary>The status of an experiment.</summary>
public enum ExperimentStatus
{
    /// <summary>Its arms answer, or score in the shadow.</summary>
    Running,

    /// <summary>Its arm's version is on its way to be the active one; until it is, the arm answers as in the last stage.</summary>
    Promoting,

    /// <summary>The arm's version became the active one.</summary>
    Promoted,

    /// <summary>A guard was breached, or a silo refused a version: all users are the champion's.</summary>
    RolledBack,

    /// <summary>A person ended it: all users are the champion's.</summary>
    Stopped,

    /// <summary>It is a roll-out that has not begun, because another experiment has some of its users. It begins by itself once they are free.</summary>
    Waiting,
}

/// <summary>An experiment that was started, and how far it is.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ExperimentRun")]
public sealed record ExperimentRun
{
    /// <summary>The experiment as its caller defined it.</summary>
    [Id(0)]
    public required Experiment Experiment { get; init; }

    /// <summary>Makes this experiment's assignment of users independent of all others'; made at the start and never changed.</summary>
    [Id(1)]
    public required string Salt { get; init; }

    /// <summary>The time at which the experiment was started. For one that waits, the time at which it was asked for.</summary>
    [Id(2)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The status of the experiment.</summary>
    [Id(3)]
    public ExperimentStatus Status { get; init; }

    /// <summary>The number of the stage, from 0. See <see cref="ExperimentStage.All"/>.</summary>
    [Id(4)]
    public int Stage { get; init; }

    /// <summary>When the stage began.</summary>
    [Id(5)]
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    [Id(6)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The reason why it ended, takes over or waits. Null while it runs.</summary>
    [Id(7)]
    public string? Reason { get; init; }

    /// <summary>The arm that takes over, of those that could; null unless <see cref="Status"/> is promoting or promoted.</summary>
    [Id(8)]
    public string? Winner { get; init; }

    /// <summary>The active version when it was started: what users go back to.</summary>
    [Id(9)]
    public string? ChampionVersion { get; init; }

    /// <summary>True while its arms answer or score.</summary>
    [JsonIgnore]
    public bool IsRunning => Status is ExperimentStatus.Running or ExperimentStatus.Promoting;

    /// <summary>True after its end. One that waits neither runs nor has ended.</summary>
    [JsonIgnore]
    public bool HasEnded => EndedAt is not null;

    /// <summary>What its arms do at this moment.</summary>
    [JsonIgnore]
    public ExperimentStage CurrentStage => ExperimentStage.All(Experiment)[Stage];
}

/// <summary>A part of an experiment's time in which every arm keeps its share.</summary>
/// <param name="IsShadow">True where arms score in the background and never answer.</param>
/// <param name="Percent">The percentage of each arm's share that it has in this stage, above 0 to 100.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ExperimentStage")]
public readonly record struct ExperimentStage([property: Id(0)] bool IsShadow, [property: Id(1)] double Percent)
{
    /// <summary>The stages of an experiment, in order; at least one.</summary>
    public static IReadOnlyList<ExperimentStage> All(Experiment experiment) => experiment.Mode switch
    {
        ExperimentMode.Shadow => [new(true, 100)],
        ExperimentMode.Canary => [.. experiment.ShadowFirst ? [new(true, 100)] : Array.Empty<ExperimentStage>(), .. experiment.Ramp.Select(p => new ExperimentStage(false, p))],
        _ => [new(false, 100)],
    };
}
