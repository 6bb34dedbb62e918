using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace DinOrleans.Contracts.Trainings;

/// <summary>The trainings of the cluster: what is asked for, what runs and what came of it; one grain, key 0.</summary>
/// <remarks>One training runs at a time, in whichever training service takes it. Each change is stored before it is acknowledged.</remarks>
[Alias("DinOrleans.ITrainingGrain"), Version(1)]
public interface ITrainingGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Asks for a training. Where one waits already, it is answered instead of a second one. One that waits to be tried again after a failure is
    /// tried at once if the trigger is <see cref="TrainingTrigger.Hand"/> or <see cref="TrainingTrigger.FirstStart"/>.
    /// </summary>
    /// <returns>The training that waits; for a trigger other than <see cref="TrainingTrigger.Hand"/>, the one that runs, if one does.</returns>
    /// <exception cref="InvalidInputException">The request breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Start"), ResponseTimeout(CallDeadlines.Usual)]
    Task<TrainingInfo> StartAsync(TrainingRequest request, CancellationToken cancellationToken = default);

    /// <summary>A page of the trainings, newest first.</summary>
    /// <exception cref="InvalidInputException">The query breaks a rule.</exception>
    [Alias("List"), AlwaysInterleave, ResponseTimeout(CallDeadlines.Usual)]
    Task<TrainingPage> ListAsync(TrainingPageQuery query, CancellationToken cancellationToken = default);

    /// <summary>One training; null where there is none of that id.</summary>
    [Alias("Get"), AlwaysInterleave, ResponseTimeout(CallDeadlines.Usual)]
    Task<TrainingInfo?> GetAsync(string id, CancellationToken cancellationToken = default);
}

/// <summary>What to train, and why now.</summary>
/// <param name="Trigger">The trigger that asks for the training.</param>
/// <param name="Reason">The reason in words, at most 200 characters; null for none.</param>
/// <param name="FreshWeights">True to train from fresh weights, whatever the training service's settings say.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.TrainingRequest")]
public sealed record TrainingRequest(
    [property: Id(0)] TrainingTrigger Trigger,
    [property: Id(1)] string? Reason = null,
    [property: Id(2)] bool FreshWeights = false);

/// <summary>What asks for a training.</summary>
[GenerateSerializer, Alias("DinOrleans.TrainingTrigger")]
public enum TrainingTrigger
{
    /// <summary>A person or another program.</summary>
    Hand = 0,

    /// <summary>A shop that has no model version yet.</summary>
    FirstStart = 1,

    /// <summary>The time that has passed since the last training.</summary>
    Schedule = 2,

    /// <summary>The number of positive events since the last training.</summary>
    NewPositives = 3,

    /// <summary>The log loss of the version that serves, which has risen.</summary>
    RisingLogLoss = 4,
}

/// <summary>Selects a page of the trainings.</summary>
/// <param name="Limit">The largest number of trainings on the page, 1 to 100.</param>
/// <param name="After">The <see cref="TrainingPage.Next"/> of the page before; null for the first page.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.TrainingPageQuery")]
public sealed record TrainingPageQuery([property: Id(0)] int Limit, [property: Id(1)] string? After = null)
{
    /// <summary>The largest <see cref="Limit"/>.</summary>
    public const int MaxLimit = 100;
}

/// <summary>A page of trainings.</summary>
/// <param name="Trainings">Newest first.</param>
/// <param name="Next">The <see cref="TrainingPageQuery.After"/> of the next page; null on the last one.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.TrainingPage")]
public sealed record TrainingPage([property: Id(0)] IReadOnlyList<TrainingInfo> Trainings, [property: Id(1)] string? Next);
