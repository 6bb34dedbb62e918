using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Validation;
using DinOrleans.Grains.Shop;
using DinOrleans.Storage.Search;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Search;

/// <inheritdoc cref="IItemSearchGrain"/>
[StatelessWorker, Reentrant]
public sealed class ItemSearchGrain(IItemSearch items, ShopSchema shop) : Grain, IItemSearchGrain
{
    /// <inheritdoc/>
    public async Task<ItemPage> FindAsync(ItemSearch search, CancellationToken cancellationToken)
    {
        SearchRules.Check(search, shop.Input).ThrowIfAny();

        // One more than there is room for tells whether there is a next page.
        IReadOnlyList<Item> found = await items.FindAsync(search with { Limit = search.Limit + 1 }, cancellationToken);
        return found.Count > search.Limit ? new([.. found.Take(search.Limit)], found[search.Limit - 1].ItemId) : new(found, Next: null);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Item>> GetAsync(IReadOnlyList<string> itemIds, CancellationToken cancellationToken)
    {
        SearchRules.CheckIds(itemIds).ThrowIfAny();
        return items.GetAsync(itemIds, cancellationToken);
    }
}
