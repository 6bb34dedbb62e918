using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Grains.Users;

/// <summary>Orders candidates by score and makes the answer's items.</summary>
internal static class RankedItems
{
    public static IReadOnlyList<RankedItem> ByPopularity(CatalogueItem[] items, float[] scores, int? limit)
    {
        Span<ulong> order = stackalloc ulong[scores.Length];
        Order(scores, order);
        var ranked = new RankedItem[Math.Min(scores.Length, limit ?? scores.Length)];
        for (int i = 0; i < ranked.Length; i++)
        {
            int n = Place(order[i]);
            ranked[i] = new RankedItem { ItemId = items[n].ItemId, Score = scores[n], Scores = default, UnknownItem = !items[n].IsKnown };
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
        Span<float> scores = stackalloc float[items.Length];
        for (int n = 0; n < scores.Length; n++)
        {
            scores[n] = ranking.Score(all.Slice(n * tasks, tasks));
        }

        ReadOnlyMemory<float> ofTasks = result.Scores.Memory;
        Span<ulong> order = stackalloc ulong[scores.Length];
        Order(scores, order);
        var ranked = new RankedItem[Math.Min(scores.Length, limit ?? scores.Length)];
        for (int i = 0; i < ranked.Length; i++)
        {
            int n = Place(order[i]);
            ranked[i] = new RankedItem
            {
                ItemId = items[n].ItemId,
                Score = scores[n],
                Scores = ofTasks.Slice(n * tasks, tasks),
                UnknownItem = !items[n].IsKnown,
                Attention = result.Attention is { } attention ? Attention(attention.Span.Slice(n * history.Length, history.Length), history) : null,
            };
        }

        return ranked;
    }

    /// <summary>Indices by descending score, those of equal score in the order they were asked in; no number is last.</summary>
    /// <param name="scores">[N].</param>
    /// <param name="keys">[N], overwritten: a score and its place as one integer. Sorting those takes no comparer's call, a tenth of the time.</param>
    private static void Order(ReadOnlySpan<float> scores, Span<ulong> keys)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((ulong)~Ascending(scores[i]) << 32) | (uint)i;
        }

        keys.Sort();
    }

    /// <summary>The candidate that an ordered key stands for.</summary>
    private static int Place(ulong key) => (int)(uint)key;

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
