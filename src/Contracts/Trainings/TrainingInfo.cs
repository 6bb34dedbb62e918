namespace DinOrleans.Contracts.Trainings;

/// <summary>One training of a model version from the log.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.TrainingInfo")]
public sealed record TrainingInfo
{
    /// <summary>The training's name. Later ones sort after earlier ones.</summary>
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required TrainingTrigger Trigger { get; init; }

    /// <summary>The reason that was given for the training. Null if none was given.</summary>
    [Id(2)]
    public string? Reason { get; init; }

    /// <summary>True where fresh weights were asked for.</summary>
    [Id(3)]
    public bool FreshWeights { get; init; }

    [Id(4)]
    public required TrainingState State { get; init; }

    [Id(5)]
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the first attempt began; null before.</summary>
    [Id(6)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was published, rejected or given up; null before.</summary>
    [Id(7)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The training service that works on it; null where none does.</summary>
    [Id(8)]
    public string? Worker { get; init; }

    /// <summary>The number of times that the training was begun or resumed.</summary>
    [Id(9)]
    public int Attempt { get; init; }

    /// <summary>The number of attempts that have failed.</summary>
    [Id(10)]
    public int Failures { get; init; }

    /// <summary>When a training that failed is tried again; null where it does not wait for that.</summary>
    [Id(11)]
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The progress of the attempt under way. Null if no attempt is under way.</summary>
    [Id(12)]
    public TrainingStep? Progress { get; init; }

    /// <summary>One point per epoch done.</summary>
    [Id(13)]
    public IReadOnlyList<TrainingPoint> Curve { get; init; } = [];

    /// <summary>What the version had to prove before it could serve; empty before.</summary>
    [Id(14)]
    public IReadOnlyList<GateResult> Gates { get; init; } = [];

    /// <summary>The version that came of it; null before.</summary>
    [Id(15)]
    public string? Version { get; init; }

    /// <summary>The version whose weights it started from; null for fresh weights.</summary>
    [Id(16)]
    public string? StartedFrom { get; init; }

    /// <summary>The moment up to which it read the log; null before it was read.</summary>
    [Id(17)]
    public DateTimeOffset? DataUntil { get; init; }

    /// <summary>The reason why the training was rejected or why its last attempt failed. Null if neither has happened.</summary>
    [Id(18)]
    public string? Error { get; init; }
}

/// <summary>The state of a training.</summary>
[GenerateSerializer, Alias("DinOrleans.TrainingState")]
public enum TrainingState
{
    /// <summary>It waits for a training service, or for the time of its next attempt.</summary>
    Waiting = 0,

    /// <summary>A training service trains it.</summary>
    Running = 1,

    /// <summary>It is trained, and its gates are measured.</summary>
    Gating = 2,

    /// <summary>Its version was published.</summary>
    Published = 3,

    /// <summary>Its version did not pass a gate and was not published.</summary>
    Rejected = 4,

    /// <summary>It was given up after too many failures.</summary>
    Failed = 5,
}

/// <summary>The progress of an attempt.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">Epochs at most.</param>
/// <param name="Step">The step in the epoch, from 1.</param>
/// <param name="Steps">Steps of the epoch.</param>
/// <param name="SamplesPerSecond">Candidates trained on per second.</param>
/// <param name="Loss">The mean loss of the epoch so far, in nats; null where it is not finite.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.TrainingStep")]
public sealed record TrainingStep(
    [property: Id(0)] int Epoch,
    [property: Id(1)] int Epochs,
    [property: Id(2)] int Step,
    [property: Id(3)] int Steps,
    [property: Id(4)] double SamplesPerSecond,
    [property: Id(5)] double? Loss);

/// <summary>What an epoch came to. A measure that the validation rankings could not give is null.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean loss of its steps, in nats.</param>
/// <param name="SamplesPerSecond">Candidates trained on per second.</param>
/// <param name="Auc">AUC on the validation rankings, 0 to 1.</param>
/// <param name="Gauc">GAUC on the validation rankings, 0 to 1.</param>
/// <param name="LogLoss">Log loss on the validation rankings, in nats.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.TrainingPoint")]
public sealed record TrainingPoint(
    [property: Id(0)] int Epoch,
    [property: Id(1)] double? Loss,
    [property: Id(2)] double SamplesPerSecond,
    [property: Id(3)] double? Auc,
    [property: Id(4)] double? Gauc,
    [property: Id(5)] double? LogLoss);

/// <summary>What a version had to prove, and what was measured.</summary>
/// <param name="Name">The name of the measure, for example "gauc".</param>
/// <param name="Passed">True where the version may serve as far as this gate is concerned.</param>
/// <param name="Value">The value of the version. Null if it could not be measured.</param>
/// <param name="Champion">The value of the active version on the same rankings. Null if it is not compared.</param>
/// <param name="Limit">The worst value that passes; null where there is none.</param>
/// <param name="Note">A remark, for example why nothing was measured. Null for none.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.GateResult")]
public sealed record GateResult(
    [property: Id(0)] string Name,
    [property: Id(1)] bool Passed,
    [property: Id(2)] double? Value,
    [property: Id(3)] double? Champion,
    [property: Id(4)] double? Limit,
    [property: Id(5)] string? Note = null);
