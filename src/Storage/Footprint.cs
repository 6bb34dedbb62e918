using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage;

/// <summary>Estimates how many bytes of memory things take, to bound queues and pages. An estimate is at least half of the true size.</summary>
public static class Footprint
{
    private const int Object = 64;
    private const int RowOfList = 64;
    private const int Entry = 48;

    /// <summary>Estimates the bytes of an event.</summary>
    public static long Estimate(BehaviourEvent behaviour) =>
        (2 * Object) + Estimate(behaviour.EventId) + Estimate(behaviour.UserId) + Estimate(behaviour.ItemId) + Estimate(behaviour.Type) + Estimate(behaviour.RankingId) + Estimate(behaviour.Context);

    /// <summary>Estimates the bytes of a logged ranking.</summary>
    public static long Estimate(LoggedRanking ranking)
    {
        long bytes = (2 * Object) + Estimate(ranking.RankingId) + Estimate(ranking.UserId) + Estimate(ranking.ModelVersion) + Estimate(ranking.Context);
        bytes += Estimate(ranking.Experiment) + Estimate(ranking.Arm) + (sizeof(float) * ranking.Propensities.Length);
        return bytes + Estimate(ranking.Items) + (ranking.Unshown is null ? 0 : Estimate(ranking.Unshown));
    }

    /// <summary>Estimates the bytes of an item.</summary>
    public static long Estimate(Item item) => Object + Estimate(item.ItemId) + Estimate(item.Features);

    /// <summary>Estimates the bytes of a user's profile.</summary>
    public static long Estimate(KeyValuePair<string, UserProfile> profile) => Object + Estimate(profile.Key) + Estimate(profile.Value.Features);

    private static long Estimate(IReadOnlyList<Impression> items)
    {
        long bytes = 0;
        for (int i = 0; i < items.Count; i++)
        {
            bytes += RowOfList + Estimate(items[i].ItemId);
        }

        return bytes;
    }

    private static long Estimate(string? text) => text is null ? 0 : 24 + (2L * text.Length);

    private static long Estimate(IReadOnlyDictionary<string, string>? features)
    {
        if (features is null || features.Count == 0)
        {
            return 0;
        }

        long bytes = 2 * Object;
        foreach ((string name, string value) in features)
        {
            bytes += Entry + Estimate(name) + Estimate(value);
        }

        return bytes;
    }
}
