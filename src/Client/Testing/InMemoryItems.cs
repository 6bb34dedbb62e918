using System.Collections.Concurrent;

namespace DinOrleans.Client.Testing;

/// <summary>A catalogue in memory.</summary>
public sealed class InMemoryItems : IItems
{
    private readonly ConcurrentDictionary<string, CatalogueItem> _items = new(StringComparer.Ordinal);
    private readonly InMemoryEvents _events;
    private readonly TimeProvider _time;

    internal InMemoryItems(InMemoryEvents events, TimeProvider time) => (_events, _time) = (events, time);

    /// <summary>The items by their ids.</summary>
    public IReadOnlyDictionary<string, CatalogueItem> All => _items;

    /// <inheritdoc/>
    public Task PutAsync(IReadOnlyCollection<CatalogueItem> items, CancellationToken cancellationToken = default)
    {
        foreach (CatalogueItem item in items)
        {
            _items[item.ItemId] = item;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<long> PutLinesAsync(IAsyncEnumerable<CatalogueItem> items, CancellationToken cancellationToken = default)
    {
        long accepted = 0;
        await foreach (CatalogueItem item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            _items[item.ItemId] = item;
            accepted++;
        }

        return accepted;
    }

    /// <inheritdoc/>
    public Task<CatalogueItem?> GetAsync(string itemId, CancellationToken cancellationToken = default) => Task.FromResult(_items.GetValueOrDefault(itemId));

    /// <inheritdoc/>
    public Task<IReadOnlyList<FoundItem>> GetAsync(IReadOnlyCollection<string> itemIds, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<FoundItem>>([.. itemIds.Distinct().Select(id => _items.GetValueOrDefault(id)).OfType<CatalogueItem>().Select(Found)]);

    /// <inheritdoc/>
    public Task DeleteAsync(string itemId, CancellationToken cancellationToken = default)
    {
        _items.TryRemove(itemId, out _);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ItemPage> FindAsync(ItemSearch search, CancellationToken cancellationToken = default)
    {
        FoundItem[] found =
        [
            .. _items.Values
                .Where(i => i.ItemId.StartsWith(search.Prefix, StringComparison.Ordinal) && Has(i, search.Feature))
                .Where(i => search.After is null || string.CompareOrdinal(i.ItemId, search.After) > 0)
                .OrderBy(i => i.ItemId, StringComparer.Ordinal)
                .Take(search.Limit + 1)
                .Select(Found),
        ];
        return Task.FromResult(found.Length > search.Limit ? new ItemPage(found[..search.Limit], found[search.Limit - 1].ItemId) : new ItemPage(found, Next: null));
    }

    /// <inheritdoc/>
    public Task<PopularItems> GetPopularAsync(int limit = 20, FeatureValue? feature = null, CancellationToken cancellationToken = default)
    {
        IEnumerable<PopularItem> counted = _events.All.CountBy(e => e.ItemId)
            .Where(c => _items.TryGetValue(c.Key, out CatalogueItem? item) && Has(item, feature))
            .Select(c => new PopularItem(c.Key, _items[c.Key].Features, c.Value));
        return Task.FromResult(new PopularItems([.. counted.OrderByDescending(i => i.Events).Take(limit)], _time.GetUtcNow()));
    }

    /// <inheritdoc/>
    /// <remarks>There are no embeddings in memory, so that no item has similar ones.</remarks>
    public Task<SimilarItems?> GetSimilarAsync(string itemId, int limit = 20, CancellationToken cancellationToken = default) => Task.FromResult<SimilarItems?>(null);

    /// <inheritdoc/>
    public Task<ItemDays> GetDaysAsync(string itemId, int days = 90, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ItemDay> all = _events.DaysOf(itemId);
        return Task.FromResult(new ItemDays(itemId, [.. all.Where(d => d.Day > all[^1].Day.AddDays(-days))]));
    }

    /// <summary>True for an item that rankings leave out now.</summary>
    internal bool IsUnavailable(string itemId)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return _items.TryGetValue(itemId, out CatalogueItem? item) && (!item.Available || now < item.AvailableFrom || now >= item.AvailableUntil);
    }

    private static bool Has(CatalogueItem item, FeatureValue? feature) => feature is null || item.Features.GetValueOrDefault(feature.Name) == feature.Value;

    private static FoundItem Found(CatalogueItem item) => new(item.ItemId, item.Features);
}
