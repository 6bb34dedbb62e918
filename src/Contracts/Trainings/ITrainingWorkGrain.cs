using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Trainings;

/// <summary>The side of <see cref="ITrainingGrain"/> that training services work with; the same grain, key 0.</summary>
[Alias("DinOrleans.ITrainingWorkGrain"), Version(1)]
public interface ITrainingWorkGrain : IGrainWithIntegerKey
{
    /// <summary>Asks for work. A service that has none asks again and again.</summary>
    /// <remarks>
    /// A training that is taken is its service's until the service reports its end, or is silent for longer than the cluster waits: then the next
    /// service that asks goes on with it.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Take"), ResponseTimeout(CallDeadlines.Usual)]
    Task<TrainingAssignment> TakeAsync(TrainingWorker worker, CancellationToken cancellationToken = default);

    /// <summary>Says how far an attempt is, and that its service is alive.</summary>
    /// <returns>False where the training is no longer that attempt's: the service must stop it and change nothing more.</returns>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Report"), ResponseTimeout(CallDeadlines.Usual)]
    Task<bool> ReportAsync(TrainingReport report, CancellationToken cancellationToken = default);
}

/// <summary>A training service that has nothing to do.</summary>
/// <param name="Name">A name that no other process has, now or before.</param>
/// <param name="IsOnly">
/// True where no other process can be working, since this one holds the lock of an embedded shop's data folder. What an earlier process held is then
/// taken over at once.
/// </param>
[GenerateSerializer, Immutable, Alias("DinOrleans.TrainingWorker")]
public sealed record TrainingWorker([property: Id(0)] string Name, [property: Id(1)] bool IsOnly);

/// <summary>What a training service is to do.</summary>
/// <param name="Training">The training that is its own from now on; null for none.</param>
/// <param name="Schema">The shop's feature schema as JSON.</param>
/// <param name="Past">The past trainings, by which triggers are judged.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.TrainingAssignment")]
public sealed record TrainingAssignment(
    [property: Id(0)] TrainingInfo? Training,
    [property: Id(1)] string Schema,
    [property: Id(2)] TrainingPast Past);

/// <summary>What was trained so far.</summary>
/// <param name="IsIdle">True where no training waits or runs.</param>
/// <param name="LastRequestedAt">When the last training was asked for; null before the first.</param>
/// <param name="LastDataUntil">The moment up to which a training has read the log, the latest of all; null before the first.</param>
/// <param name="SinceFresh">How many trainings in a row were published that did not start from fresh weights, up to the last one.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.TrainingPast")]
public sealed record TrainingPast(
    [property: Id(0)] bool IsIdle,
    [property: Id(1)] DateTimeOffset? LastRequestedAt,
    [property: Id(2)] DateTimeOffset? LastDataUntil,
    [property: Id(3)] int SinceFresh);

/// <summary>The progress of an attempt.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.TrainingReport")]
public sealed record TrainingReport
{
    /// <summary>The training's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The attempt's number, as it was taken.</summary>
    [Id(1)]
    public required int Attempt { get; init; }

    /// <summary>
    /// Where it stands. <see cref="TrainingState.Waiting"/> gives it back, as at a stop of the service, and
    /// <see cref="TrainingState.Failed"/> says that this attempt failed: whether another follows is the grain's to decide.
    /// </summary>
    [Id(2)]
    public required TrainingState State { get; init; }

    /// <summary>The progress of the attempt. Null if it has not changed.</summary>
    [Id(3)]
    public TrainingStep? Progress { get; init; }

    /// <summary>One point per epoch done; null for as before.</summary>
    [Id(4)]
    public IReadOnlyList<TrainingPoint>? Curve { get; init; }

    /// <summary>What was measured at the gates; null for as before.</summary>
    [Id(5)]
    public IReadOnlyList<GateResult>? Gates { get; init; }

    /// <summary>The version; null for as before.</summary>
    [Id(6)]
    public string? Version { get; init; }

    /// <summary>The version whose weights it started from; null for as before.</summary>
    [Id(7)]
    public string? StartedFrom { get; init; }

    /// <summary>The moment up to which it reads the log; null for as before.</summary>
    [Id(8)]
    public DateTimeOffset? DataUntil { get; init; }

    /// <summary>The reason why it failed or was rejected.</summary>
    [Id(9)]
    public string? Error { get; init; }
}
