using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;

namespace DinOrleans.Storage.Keys;

/// <summary>The keys of the REST API with the hashes of their secrets.</summary>
public interface IKeyStore
{
    /// <summary>All keys that are kept.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    Task<HashedApiKeys> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Stores a change, all of it or nothing, and returns after it is on disk.</summary>
    /// <returns>False where another writer has changed the keys since <see cref="KeyChange.Revision"/>: nothing was stored.</returns>
    /// <exception cref="StoreUnavailableException">The store does not say whether the change was stored.</exception>
    Task<bool> TryWriteAsync(KeyChange change, CancellationToken cancellationToken);

    /// <summary>Stores when keys were last used. The revision stays, a later time that is stored stays, and ids of unknown keys are ignored.</summary>
    /// <param name="used">The times by the ids of keys.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">The store does not say whether the times were stored.</exception>
    Task UseAsync(IReadOnlyDictionary<string, DateTimeOffset> used, CancellationToken cancellationToken);
}

/// <summary>A change of the keys.</summary>
/// <param name="Revision">The revision that it was decided on.</param>
/// <param name="Put">A key to add or replace. When it was last used is not replaced.</param>
/// <param name="Remove">Ids of keys to forget.</param>
public sealed record KeyChange(long Revision, HashedApiKey Put, IReadOnlyList<string> Remove);
