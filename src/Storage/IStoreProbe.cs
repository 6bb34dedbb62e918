using DinOrleans.Contracts;

namespace DinOrleans.Storage;

/// <summary>Tells whether the store takes writes now.</summary>
public interface IStoreProbe
{
    /// <summary>Writes the time into a row of its own and returns after the write is on disk.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">The store does not take writes now.</exception>
    /// <exception cref="InternalErrorException">The store does not take writes, and a retry will not help.</exception>
    Task WriteAsync(CancellationToken cancellationToken);
}
