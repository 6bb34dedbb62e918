using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Storage.Experiments;

/// <summary>What experiments must remember over restarts: how far they are, and what was counted.</summary>
public interface IExperimentStore
{
    /// <summary>Everything, experiments newest first.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    Task<ExperimentBoard> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Stores a change, all of it or nothing, and returns after it is on disk.</summary>
    /// <returns>False where another writer has changed the board since <see cref="ExperimentChange.Revision"/>: nothing was stored.</returns>
    /// <exception cref="StoreUnavailableException">The store does not say whether the change was stored.</exception>
    Task<bool> TryWriteAsync(ExperimentChange change, CancellationToken cancellationToken);
}

/// <summary>All experiments.</summary>
/// <param name="Revision">Grows by one with each change.</param>
/// <param name="Reports">The number of the last report of each silo whose counts are included.</param>
/// <param name="Experiments">Newest first.</param>
public sealed record ExperimentBoard(long Revision, IReadOnlyDictionary<string, long> Reports, IReadOnlyList<StoredExperiment> Experiments);

/// <summary>One experiment.</summary>
/// <param name="Run">How far it is.</param>
/// <param name="Counts">What was counted, as JSON that the store does not look into.</param>
public sealed record StoredExperiment(ExperimentRun Run, string Counts);

/// <summary>A change of the experiments.</summary>
/// <param name="Revision">The revision that it was decided on.</param>
/// <param name="Reports">Replaces what is stored.</param>
public sealed record ExperimentChange(long Revision, IReadOnlyDictionary<string, long> Reports)
{
    /// <summary>Experiments to add or replace.</summary>
    public IReadOnlyList<StoredExperiment> Put { get; init; } = [];

    /// <summary>Names of experiments to forget.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];
}
