using DinOrleans.Contracts.Inference;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Items;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Grains.Users;

/// <summary>Orders candidates by score and makes the answer's items.</summary>
internal static class RankedItems
{
    public static IReadOnlyList<RankedItem> ByPopularity(CatalogueItem[] items, float[] scores, int? limit)
    {
        int[] order = Order(scores, limit);
        var ranked = new RankedItem[order.Length];
        for (int i = 0; i < ranked.Length; i++)
        {
            int n = order[i];
            ranked[i] = new RankedItem { ItemId = items[n].ItemId, Score = scores[n], Scores = [], UnknownItem = !items[n].IsKnown };
        }

        return ranked;
    }

    /// <param name="items">The candidates.</param>
    /// <param name="result">Their scores and, where asked for, attention.</param>
    /// <param name="ranking">Makes one score of the tasks'.</param>
    /// <param name="tasks">K.</param>
    /// <param name="limit">How many to return; null for all.</param>
    /// <param name="history">The behaviours that were attended to, oldest first; looked at where there is attention.</param>
    public static IReadOnlyList<RankedItem> ByModel(
        CatalogueItem[] items, ScoreResult result, RankingScore ranking, int tasks, int? limit, ReadOnlySpan<BehaviourEvent> history)
    {
        ReadOnlySpan<float> all = result.Scores.Span;
        float[] scores = new float[items.Length];
        for (int n = 0; n < scores.Length; n++)
        {
            scores[n] = ranking.Score(all.Slice(n * tasks, tasks));
        }

        int[] order = Order(scores, limit);
        var ranked = new RankedItem[order.Length];
        for (int i = 0; i < ranked.Length; i++)
        {
            int n = order[i];
            ranked[i] = new RankedItem
            {
                ItemId = items[n].ItemId,
                Score = scores[n],
                Scores = all.Slice(n * tasks, tasks).ToArray(),
                UnknownItem = !items[n].IsKnown,
                Attention = result.Attention is { } attention ? Attention(attention.Span.Slice(n * history.Length, history.Length), history) : null,
            };
        }

        return ranked;
    }

    /// <summary>Indices by descending score, those of equal score in the order they were asked in; no number is last.</summary>
    private static int[] Order(float[] scores, int? limit)
    {
        // A score and its place as one integer: sorting those takes no comparer's call, a tenth of the time.
        ulong[] keys = new ulong[scores.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((ulong)~Ascending(scores[i]) << 32) | (uint)i;
        }

        Array.Sort(keys);
        int[] order = new int[Math.Min(keys.Length, limit ?? keys.Length)];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = (int)(uint)keys[i];
        }

        return order;
    }

    /// <summary>An integer that grows with the number: its bits with the sign turned round, all of them where it is negative.</summary>
    private static uint Ascending(float number)
    {
        uint bits = BitConverter.SingleToUInt32Bits(number);
        return float.IsNaN(number) ? 0 : (bits & 0x8000_0000) == 0 ? bits | 0x8000_0000 : ~bits;
    }

    private static BehaviourAttention[] Attention(ReadOnlySpan<float> weights, ReadOnlySpan<BehaviourEvent> history)
    {
        var attention = new BehaviourAttention[history.Length];
        for (int h = 0; h < attention.Length; h++)
        {
            attention[h] = new(history[h].ItemId, history[h].Timestamp, weights[h]);
        }

        return attention;
    }
}
