using DinOrleans.Contracts.Items;

namespace DinOrleans.Gateway;

/// <summary>The names and types that inputs are checked against, asked for once.</summary>
internal sealed class InputSchemaCache(IGrainFactory grains)
{
    private volatile InputSchema? _schema;

    public ValueTask<InputSchema> GetAsync(CancellationToken cancellationToken) =>
        _schema is { } schema ? new(schema) : new(AskAsync(cancellationToken));

    private async Task<InputSchema> AskAsync(CancellationToken cancellationToken) =>
        _schema = await grains.GetGrain<IItemCatalogueGrain>(0).GetSchemaAsync(cancellationToken).ConfigureAwait(false);
}
