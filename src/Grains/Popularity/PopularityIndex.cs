using System.Collections.Frozen;
using DinOrleans.Grains.Shop;
using DinOrleans.Storage.Behaviours;

namespace DinOrleans.Grains.Popularity;

/// <summary>The popularity of items as a score, 0..1: ln(1 + count), divided by the same of the most popular item.</summary>
public sealed class PopularityIndex(IBehaviourLog log, ShopSchema shop, TimeProvider time)
{
    /// <summary>A count reads the whole log, so counting may take at most this part of the time: one in 20.</summary>
    private const int Share = 20;

    private volatile FrozenDictionary<string, float> _scores = FrozenDictionary<string, float>.Empty;
    private long? _counted;
    private TimeSpan _took;

    /// <summary>True if the time since the last count is twenty times as long as that count took.</summary>
    public bool IsDue => _counted is not { } counted || time.GetElapsedTime(counted) >= Share * _took;

    /// <summary>Returns the score of an item, which is 0 for an item without behaviours.</summary>
    public float Score(string itemId) => _scores.GetValueOrDefault(itemId);

    /// <summary>Counts all behaviours again.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        IReadOnlyDictionary<string, long> counts =
            await log.CountByItemAsync(shop.Features.Behaviours.Events, cancellationToken).ConfigureAwait(false);
        double most = counts.Count == 0 ? 0 : Math.Log(1 + counts.Values.Max());
        _scores = counts.ToFrozenDictionary(c => c.Key, c => most > 0 ? (float)(Math.Log(1 + c.Value) / most) : 0, StringComparer.Ordinal);
        _took = time.GetElapsedTime(start);
        _counted = time.GetTimestamp();
    }
}
