using DinOrleans.Contracts;
using DinOrleans.Contracts.Trainings;

namespace DinOrleans.Storage.Trainings;

/// <summary>What must be remembered of trainings over restarts.</summary>
public interface ITrainingStore
{
    /// <summary>All trainings that are kept.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    Task<TrainingBook> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Stores a change, all of it or nothing, and returns after it is on disk.</summary>
    /// <returns>False where another writer has changed the trainings since <see cref="TrainingChange.Revision"/>: nothing was stored.</returns>
    /// <exception cref="StoreUnavailableException">The store does not say whether the change was stored.</exception>
    Task<bool> TryWriteAsync(TrainingChange change, CancellationToken cancellationToken);
}

/// <summary>The durable trainings.</summary>
/// <param name="Revision">Grows by one with each change.</param>
/// <param name="Trainings">Newest first, by id.</param>
public sealed record TrainingBook(long Revision, IReadOnlyList<TrainingInfo> Trainings)
{
    /// <summary>The book before the first training.</summary>
    public static TrainingBook Empty { get; } = new(0, []);
}

/// <summary>A change of the trainings.</summary>
/// <param name="Revision">The revision that it was decided on.</param>
/// <param name="Put">Trainings to add or replace.</param>
/// <param name="Remove">Ids of trainings to forget.</param>
public sealed record TrainingChange(long Revision, IReadOnlyList<TrainingInfo> Put, IReadOnlyList<string> Remove);
