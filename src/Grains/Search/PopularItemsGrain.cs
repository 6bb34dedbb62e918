using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Validation;
using DinOrleans.Grains.Shop;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Search;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Search;

/// <inheritdoc cref="IPopularItemsGrain"/>
[Reentrant]
public sealed class PopularItemsGrain(IBehaviourLog log, IItemSearch items, ShopSchema shop, TimeProvider time) : Grain, IPopularItemsGrain
{
    /// <summary>The number of items that are kept. Those of one value of a feature are found among them.</summary>
    internal const int Kept = 10_000;

    /// <summary>A count reads the whole log, so counting may take at most this part of the time: one in 20.</summary>
    private const int Share = 20;

    private const int ItemsARead = 500;

    /// <summary>How long a count is good at least.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMinutes(1);

    /// <summary>How long the first caller waits for the first count. A longer count goes on.</summary>
    private static readonly TimeSpan FirstWaits = TimeSpan.FromSeconds(2);

    private IReadOnlyList<PopularItem> _popular = [];
    private DateTimeOffset? _countedAt;
    private TimeSpan _rest;
    private Task? _counting;

    /// <inheritdoc/>
    public async Task<PopularItems> GetAsync(PopularItemsQuery query, CancellationToken cancellationToken)
    {
        SearchRules.Check(query, shop.Input).ThrowIfAny();
        if (_countedAt is not { } counted || time.GetUtcNow() - counted >= _rest)
        {
            _counting ??= CountAsync();
        }

        if (_countedAt is null && _counting is { } first)
        {
            // Its failure is the caller's, since there is nothing else to answer with.
            await (await Task.WhenAny(first, Task.Delay(FirstWaits, time, cancellationToken)));
        }

        IEnumerable<PopularItem> wanted = query.Feature is null
            ? _popular
            : _popular.Where(p => p.Item.Features.TryGetValue(query.Feature, out string? value) && value == query.Value);
        return new([.. wanted.Take(query.Limit)], _countedAt);
    }

    private async Task CountAsync()
    {
        try
        {
            long start = time.GetTimestamp();
            IReadOnlyDictionary<string, long> counts = await log.CountByItemAsync(shop.Features.Behaviours.Events, CancellationToken.None);
            KeyValuePair<string, long>[] most = [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(Kept)];
            Dictionary<string, Item> known = new(StringComparer.Ordinal);
            foreach (KeyValuePair<string, long>[] some in most.Chunk(ItemsARead))
            {
                foreach (Item item in await items.GetAsync([.. some.Select(c => c.Key)], CancellationToken.None))
                {
                    known[item.ItemId] = item;
                }
            }

            // Items that the catalogue does not have may have events, but nobody would offer them.
            _popular = [.. most.Where(c => known.ContainsKey(c.Key)).Select(c => new PopularItem(known[c.Key], c.Value))];
            _rest = TimeSpan.FromTicks(Math.Max(ShortestRest.Ticks, Share * time.GetElapsedTime(start).Ticks));
            _countedAt = time.GetUtcNow();
        }
        finally
        {
            // A later caller tries again after a failure.
            _counting = null;
        }
    }
}
