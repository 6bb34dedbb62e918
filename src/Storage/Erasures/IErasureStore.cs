namespace DinOrleans.Storage.Erasures;

/// <summary>The tombstones of erased users in a database.</summary>
public interface IErasureStore
{
    /// <summary>Streams every tombstone.</summary>
    IAsyncEnumerable<Erasure> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Applies erasures to a database that may be older than they are. A user whose tombstone is as late has been erased before, and is left alone: the
    /// user may have come back since.
    /// </summary>
    /// <returns>The number of users who had to be erased.</returns>
    /// <exception cref="Contracts.StoreUnavailableException">The database cannot be written now. Some of the erasures may be applied.</exception>
    Task<int> ApplyAsync(IReadOnlyList<Erasure> erasures, CancellationToken cancellationToken);
}
