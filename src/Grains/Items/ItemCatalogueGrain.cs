using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Validation;
using DinOrleans.Grains.Shop;
using DinOrleans.Storage.Features;

namespace DinOrleans.Grains.Items;

/// <inheritdoc cref="IItemCatalogueGrain"/>
public sealed class ItemCatalogueGrain(IItemStore store, ItemCatalogue catalogue, ShopSchema shop) : Grain, IItemCatalogueGrain
{
    /// <inheritdoc/>
    public async Task<int> PutAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken)
    {
        ItemRules.Check(items, shop.Input).ThrowIfAny();
        await store.PutAsync(items, cancellationToken);
        await catalogue.RefreshAsync(cancellationToken);
        return items.Count;
    }

    /// <inheritdoc/>
    public Task<Item?> GetAsync(string itemId, CancellationToken cancellationToken)
    {
        ItemRules.CheckId(itemId).ThrowIfAny();
        return store.GetAsync(itemId, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string itemId, CancellationToken cancellationToken)
    {
        ItemRules.CheckId(itemId).ThrowIfAny();
        bool removed = await store.DeleteAsync(itemId, cancellationToken);
        await catalogue.RefreshAsync(cancellationToken);
        return removed;
    }
}
