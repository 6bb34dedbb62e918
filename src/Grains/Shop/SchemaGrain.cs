using DinOrleans.Contracts.Schema;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Shop;

/// <inheritdoc cref="ISchemaGrain"/>
[StatelessWorker(1)]
public sealed class SchemaGrain(ShopSchema shop) : Grain, ISchemaGrain
{
    /// <inheritdoc/>
    public Task<InputSchema> GetAsync(CancellationToken cancellationToken) => Task.FromResult(shop.Input);
}
