using DinOrleans.Contracts.Health;
using DinOrleans.Storage;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Health;

/// <inheritdoc cref="IStoreHealthGrain"/>
[StatelessWorker(1)]
public sealed class StoreHealthGrain(IStoreProbe probe) : Grain, IStoreHealthGrain
{
    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => probe.WriteAsync(cancellationToken);
}
