namespace DinOrleans.Client;

/// <summary>Asks for a training.</summary>
public sealed record TrainingRequest
{
    /// <summary>The reason for the training, at most 200 characters. It is shown with the training.</summary>
    public string? Reason { get; init; }

    /// <summary>True to train from fresh weights and not from those of the active version.</summary>
    public bool FreshWeights { get; init; }
}

/// <summary>One training of a model version from the log.</summary>
public sealed record TrainingRun
{
    /// <summary>The training's name.</summary>
    public required string Id { get; init; }

    /// <summary>What asked for it: "hand", "firstStart", "schedule", "newPositives" or "risingLogLoss".</summary>
    public required string Trigger { get; init; }

    /// <summary>The reason in the words of who asked for it.</summary>
    public string? Reason { get; init; }

    /// <summary>"waiting", "running", "gating", "published", "rejected" or "failed".</summary>
    public required string State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the first attempt began; null before.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it was published, rejected or given up; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The training service that works on it; null where none does.</summary>
    public string? Worker { get; init; }

    /// <summary>The number of times that it was begun or resumed.</summary>
    public int Attempt { get; init; }

    /// <summary>The number of attempts that have failed.</summary>
    public int Failures { get; init; }

    /// <summary>When it is tried again after a failure; null where it does not wait for that.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How far the attempt under way is; null where none is.</summary>
    public TrainingProgress? Progress { get; init; }

    /// <summary>One point per epoch done.</summary>
    public required IReadOnlyList<TrainingPoint> Curve { get; init; }

    /// <summary>What the version had to prove, with what was measured.</summary>
    public required IReadOnlyList<TrainingGate> Gates { get; init; }

    /// <summary>The version that came of it; null while there is none.</summary>
    public string? Version { get; init; }

    /// <summary>Why the roll-out of its version has not begun yet; null where it does not wait.</summary>
    public string? WaitsBecause { get; init; }

    /// <summary>The version whose weights it started from; null for fresh weights.</summary>
    public string? StartedFrom { get; init; }

    /// <summary>The moment up to which it read the log; null before it was read.</summary>
    public DateTimeOffset? DataUntil { get; init; }

    /// <summary>Why it was rejected, or why its last attempt failed.</summary>
    public string? Error { get; init; }
}

/// <summary>How far a training is.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">Epochs at most.</param>
/// <param name="Step">The step in the epoch, from 1.</param>
/// <param name="Steps">Steps of the epoch.</param>
/// <param name="SamplesPerSecond">Candidates trained on per second.</param>
/// <param name="Loss">The mean loss of the epoch so far, in nats; null where it is not finite.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, long Step, long Steps, double SamplesPerSecond, double? Loss);

/// <summary>What was measured after an epoch. A measure that the validation rankings could not give is null.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The mean loss of its steps, in nats.</param>
/// <param name="SamplesPerSecond">Candidates trained on per second.</param>
/// <param name="Auc">AUC on the validation rankings, 0 to 1.</param>
/// <param name="Gauc">GAUC on the validation rankings, 0 to 1.</param>
/// <param name="LogLoss">Log loss on the validation rankings, in nats.</param>
public sealed record TrainingPoint(int Epoch, double? Loss, double SamplesPerSecond, double? Auc, double? Gauc, double? LogLoss);

/// <summary>One thing that a version has to prove before it may serve.</summary>
/// <param name="Name">What is measured, for example "gauc".</param>
/// <param name="Passed">True where it was proven.</param>
/// <param name="Value">What was measured; null where nothing could be.</param>
/// <param name="Champion">The same measure of the active version; null where there is none.</param>
/// <param name="Limit">The bound of the value; null where there is none.</param>
/// <param name="Note">More about the measure.</param>
public sealed record TrainingGate(string Name, bool Passed, double? Value, double? Champion, double? Limit, string? Note);

/// <summary>A page of trainings.</summary>
/// <param name="Trainings">The trainings, newest first.</param>
/// <param name="Next">Names the next page; null on the last one.</param>
public sealed record TrainingPage(IReadOnlyList<TrainingRun> Trainings, string? Next);
