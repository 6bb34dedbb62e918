using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage;

/// <summary>About how many bytes of memory things take, for what bounds queues and pages; never less than half of what they really take.</summary>
public static class Footprint
{
    private const int Object = 64;
    private const int RowOfList = 64;
    private const int Entry = 48;

    /// <summary>Of an event.</summary>
    public static long Of(BehaviourEvent behaviour) =>
        (2 * Object) + Of(behaviour.EventId) + Of(behaviour.UserId) + Of(behaviour.ItemId) + Of(behaviour.Type) + Of(behaviour.RankingId) + Of(behaviour.Context);

    /// <summary>Of a logged ranking.</summary>
    public static long Of(LoggedRanking ranking)
    {
        long bytes = (2 * Object) + Of(ranking.RankingId) + Of(ranking.UserId) + Of(ranking.ModelVersion) + Of(ranking.Context);
        for (int i = 0; i < ranking.Items.Count; i++)
        {
            bytes += RowOfList + Of(ranking.Items[i].ItemId);
        }

        return bytes;
    }

    /// <summary>Of an item.</summary>
    public static long Of(Item item) => Object + Of(item.ItemId) + Of(item.Features);

    /// <summary>Of a user's profile.</summary>
    public static long Of(KeyValuePair<string, UserProfile> profile) => Object + Of(profile.Key) + Of(profile.Value.Features);

    private static long Of(string? text) => text is null ? 0 : 24 + (2L * text.Length);

    private static long Of(IReadOnlyDictionary<string, string>? features)
    {
        if (features is null || features.Count == 0)
        {
            return 0;
        }

        long bytes = 2 * Object;
        foreach ((string name, string value) in features)
        {
            bytes += Entry + Of(name) + Of(value);
        }

        return bytes;
    }
}
