using DinOrleans.Contracts;

namespace DinOrleans.Storage.Registry;

/// <summary>What the model registry must remember over restarts.</summary>
public interface IRegistryStore
{
    /// <summary>All recorded versions, newest first, and which of them serve.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    Task<RegistryState> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Stores a change, all of it or nothing, and returns after it is on disk.</summary>
    /// <returns>False where another writer has changed the registry since <see cref="RegistryChange.Revision"/>: nothing was stored.</returns>
    /// <exception cref="StoreUnavailableException">The store does not say whether the change was stored.</exception>
    Task<bool> TryWriteAsync(RegistryChange change, CancellationToken cancellationToken);
}
