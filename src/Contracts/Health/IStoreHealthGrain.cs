using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Health;

/// <summary>Tells whether the cluster's store takes writes now. Its key is 0.</summary>
[Alias("DinOrleans.IStoreHealthGrain"), Version(1)]
public interface IStoreHealthGrain : IGrainWithIntegerKey
{
    /// <summary>Writes a row that has no other purpose.</summary>
    /// <exception cref="StoreUnavailableException">The store does not take writes now.</exception>
    /// <exception cref="InternalErrorException">The store does not take writes, and a retry will not help.</exception>
    [Alias("Check"), ResponseTimeout(CallDeadlines.Usual)]
    Task CheckAsync(CancellationToken cancellationToken = default);
}
