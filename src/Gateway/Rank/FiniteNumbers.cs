using DinOrleans.Contracts.Users;

namespace DinOrleans.Gateway.Rank;

/// <summary>Keeps rankings with numbers that mean nothing from callers.</summary>
internal static class FiniteNumbers
{
    /// <exception cref="InvalidOperationException">A score or weight of the ranking is NaN or infinite.</exception>
    public static void Check(Ranking ranking)
    {
        for (int i = 0; i < ranking.Items.Count; i++)
        {
            if (!AreOfItem(ranking, i))
            {
                throw new InvalidOperationException(
                    $"Version {ranking.ModelVersion} gave item \"{ranking.Items[i].ItemId}\" a score or weight that is NaN or infinite. "
                    + "A feature of the item, the user or the context may be far from the values that the version learned from.");
            }
        }
    }

    private static bool AreOfItem(Ranking ranking, int index)
    {
        RankedItem item = ranking.Items[index];
        bool isFinite = float.IsFinite(item.Score);
        foreach (float score in item.Scores.Span)
        {
            isFinite &= float.IsFinite(score);
        }

        foreach (float weight in ranking.Explanation is { } explanation ? explanation.WeightsOf(index) : [])
        {
            isFinite &= float.IsFinite(weight);
        }

        return isFinite;
    }
}
