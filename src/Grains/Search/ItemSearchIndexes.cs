using DinOrleans.Grains.Hosting;
using DinOrleans.Grains.Shop;
using DinOrleans.Storage.Search;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Search;

/// <summary>
/// Makes the indexes by which items are found by the features of the shop. It runs beside the grains, because nothing but the search needs the
/// indexes, and making one of a large catalogue takes a while.
/// </summary>
public sealed class ItemSearchIndexes(IItemSearch search, ShopSchema shop, TimeProvider time, ILogger<ItemSearchIndexes> logger)
    : SiloFollower(TimeSpan.FromSeconds(10), time, logger)
{
    private bool _isDone;

    /// <inheritdoc/>
    protected override Task LoadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        _isDone = _isDone || await search.PrepareAsync([.. shop.Input.ItemFeatures.Where(f => !f.Numeric).Select(f => f.Name)], cancellationToken).ConfigureAwait(false);
        return false;
    }
}
