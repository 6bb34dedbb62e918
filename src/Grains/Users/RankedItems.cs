using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Experiments;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Grains.Users;

/// <summary>Orders candidates by score and makes the items of the answer.</summary>
internal static class RankedItems
{
    /// <summary>Orders candidates by popularity.</summary>
    /// <param name="items">The candidates, [N].</param>
    /// <param name="scores">Their popularity, [N].</param>
    /// <param name="limit">The number of items to return. Null for all.</param>
    public static RankedItem[] ByPopularity(CatalogueItem[] items, float[] scores, int? limit)
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

    /// <summary>Orders candidates by the scores of a model, or draws an order from them.</summary>
    /// <param name="items">The candidates, [N].</param>
    /// <param name="result">Their scores, which the answer refers to, and, where asked for, their attention weights.</param>
    /// <param name="ranking">Makes the ranking score of the tasks' scores.</param>
    /// <param name="tasks">K, the number of tasks.</param>
    /// <param name="rule">How many items to return, n, and how to order them.</param>
    /// <param name="weights">Receives the attention weights of the returned items, [n, H]. Empty where there are none.</param>
    /// <param name="propensities">Receives the probability of each returned item at its position, [n]; empty where items are ordered by score.</param>
    public static RankedItem[] ByModel(
        CatalogueItem[] items, ScoreResult result, RankingScore ranking, int tasks, OrderRule rule, Span<float> weights, out float[] propensities)
    {
        ReadOnlySpan<float> all = result.Scores.Span;
        Span<float> scores = stackalloc float[items.Length];
        for (int n = 0; n < scores.Length; n++)
        {
            scores[n] = ranking.Score(all.Slice(n * tasks, tasks));
        }

        Span<ulong> order = stackalloc ulong[scores.Length];
        if (rule.Temperature is { } temperature)
        {
            propensities = DrawOrder(scores, temperature, order, rule.Count);
        }
        else
        {
            propensities = [];
            Order(scores, order);
        }

        ReadOnlyMemory<float> ofTasks = result.Scores.Memory;
        var ranked = new RankedItem[rule.Count];
        int history = weights.Length / ranked.Length;
        for (int i = 0; i < ranked.Length; i++)
        {
            int n = Place(order[i]);
            ranked[i] = new RankedItem
            {
                ItemId = items[n].ItemId,
                Score = scores[n],
                Scores = ofTasks.Slice(n * tasks, tasks),
                UnknownItem = !items[n].IsKnown,
            };
            result.Attention?.Span.Slice(n * history, history).CopyTo(weights[(i * history)..]);
        }

        return ranked;
    }

    /// <summary>Draws an order and returns the probability of each of its first items at its position.</summary>
    private static float[] DrawOrder(ReadOnlySpan<float> scores, double temperature, Span<ulong> order, int count)
    {
        Span<float> keys = stackalloc float[scores.Length];
        PlackettLuce.Draw(scores, temperature, keys, Random.Shared);
        Order(keys, order);
        for (int i = 0; i < order.Length; i++)
        {
            keys[i] = scores[Place(order[i])];
        }

        float[] propensities = new float[count];
        PlackettLuce.Propensities(keys, temperature, propensities);
        return propensities;
    }

    /// <summary>Orders places by descending score. Places of equal score stay in the order of the query, and NaN comes last.</summary>
    /// <param name="scores">The scores, [N].</param>
    /// <param name="keys">
    /// Receives the places, [N]: each as one integer with its score, since sorting integers calls no comparer and takes a tenth of the time.
    /// </param>
    private static void Order(ReadOnlySpan<float> scores, Span<ulong> keys)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((ulong)~Ascending(scores[i]) << 32) | (uint)i;
        }

        keys.Sort();
    }

    /// <summary>Returns the place that a key stands for.</summary>
    private static int Place(ulong key) => (int)(uint)key;

    /// <summary>Returns an integer that grows with the number: its bits with the sign inverted, or with all bits inverted where it is negative.</summary>
    private static uint Ascending(float number)
    {
        uint bits = BitConverter.SingleToUInt32Bits(number);
        return float.IsNaN(number) ? 0 : (bits & 0x8000_0000) == 0 ? bits | 0x8000_0000 : ~bits;
    }
}

/// <summary>How the candidates of a ranking are ordered.</summary>
/// <param name="Count">The number of items to return, 1 to the number of candidates.</param>
/// <param name="Temperature">The temperature of the Plackett-Luce distribution that the order is drawn from. Null to order by score.</param>
internal readonly record struct OrderRule(int Count, double? Temperature = null);
