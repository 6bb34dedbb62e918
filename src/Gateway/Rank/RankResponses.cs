using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Rank;

/// <summary>Rankings as JSON answers.</summary>
internal static class RankResponses
{
    private const string Champion = "champion";

    public static RankResponse Of(Ranking ranking) => new(
        ranking.RankingId,
        ranking.ModelVersion is { } version ? new ModelBody(version, Champion) : null,
        ranking.Source == RankingSource.Model ? "model" : "popularity",
        ranking.HistoryLength,
        Items(ranking));

    private static RankedItemBody[] Items(Ranking ranking)
    {
        var items = new RankedItemBody[ranking.Items.Count];
        for (int i = 0; i < items.Length; i++)
        {
            RankedItem item = ranking.Items[i];
            var scores = new Dictionary<string, float>(ranking.Tasks.Count);
            for (int task = 0; task < ranking.Tasks.Count; task++)
            {
                scores.Add(ranking.Tasks[task], item.Scores[task]);
            }

            items[i] = new(item.ItemId, item.Score, scores, item.UnknownItem ? true : null, Attention(item));
        }

        return items;
    }

    private static AttentionBody[]? Attention(RankedItem item) =>
        item.Attention?.Select(a => new AttentionBody(a.ItemId, a.Timestamp, a.Weight)).ToArray();
}
