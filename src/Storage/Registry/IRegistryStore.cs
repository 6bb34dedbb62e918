using DinOrleans.Contracts;

namespace DinOrleans.Storage.Registry;

/// <summary>Keeps the state of the model registry over restarts.</summary>
public interface IRegistryStore
{
    /// <summary>Reads all recorded versions and which of them serve.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    Task<RegistryState> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Stores a change as a whole or not at all, and returns after it is on disk.</summary>
    /// <returns>False where another writer has changed the registry since <see cref="RegistryChange.Revision"/>: nothing was stored.</returns>
    /// <exception cref="StoreUnavailableException">The store did not confirm the change. It may or may not be stored.</exception>
    Task<bool> TryWriteAsync(RegistryChange change, CancellationToken cancellationToken);
}
