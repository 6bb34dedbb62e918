namespace DinOrleans.Grains.Experiments;

/// <summary>
/// Draws orders from the Plackett-Luce distribution: each next item with probability proportional to <c>exp(score / T)</c> of the items left.
/// Adding independent Gumbel noise to <c>score / T</c> and sorting draws the same (Yellott, 1977).
/// </summary>
internal static class PlackettLuce
{
    /// <summary>Draws the keys whose descending order is the drawn order.</summary>
    /// <param name="scores">[N] scores.</param>
    /// <param name="temperature">T, above 0.</param>
    /// <param name="keys">[N] is overwritten with the keys.</param>
    /// <param name="random">The source of the draw.</param>
    public static void Draw(ReadOnlySpan<float> scores, double temperature, Span<float> keys, Random random)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            double uniform = 1 - random.NextDouble();
            keys[i] = float.IsNaN(scores[i]) ? float.NaN : (float)((scores[i] / temperature) - Math.Log(-Math.Log(uniform)));
        }
    }

    /// <summary>The probability of each item of a drawn order at its position, given the items before it.</summary>
    /// <param name="scores">[N] the scores of all items in the drawn order.</param>
    /// <param name="temperature">T, above 0.</param>
    /// <param name="propensities">[at most N] is overwritten with the probabilities of the first positions.</param>
    public static void Propensities(ReadOnlySpan<float> scores, double temperature, Span<float> propensities)
    {
        double most = double.NegativeInfinity;
        foreach (float score in scores)
        {
            most = Math.Max(most, score / temperature);
        }

        // Summed from the end, where the remaining items are few, so that no difference of large sums is taken.
        double left = 0;
        for (int i = scores.Length - 1; i >= 0; i--)
        {
            double weight = Math.Exp((scores[i] / temperature) - most);
            left += weight;
            if (i < propensities.Length)
            {
                propensities[i] = left > 0 ? (float)(weight / left) : 1f / (scores.Length - i);
            }
        }
    }
}
