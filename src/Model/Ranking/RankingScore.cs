using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Ranking;

/// <summary>
/// The ranking score, which is made of the tasks' probabilities by the rule of a schema: Π p_k^w_k or Σ w_k·p_k. Serving and evaluation rank by it.
/// </summary>
public sealed class RankingScore
{
    private readonly RankingScoreKind _kind;
    private readonly double[] _weights;

    private RankingScore(RankingScoreKind kind, double[] weights)
    {
        _kind = kind;
        _weights = weights;
    }

    /// <summary>Creates the rule of a valid schema. Without a rule, it is the product of all tasks' probabilities.</summary>
    public static RankingScore Create(FeatureSchema schema)
    {
        RankingScoreRule rule = schema.RankingScore ?? new RankingScoreRule();
        return new(rule.Kind, [.. schema.Tasks.Select(t => rule.Weights is { } weights ? weights.GetValueOrDefault(t.Name) : 1)]);
    }

    /// <summary>The score of a candidate. With one task and no rule, it is the probability.</summary>
    /// <param name="probabilities">[K], 0 to 1.</param>
    /// <exception cref="ArgumentException">The number of probabilities is not K.</exception>
    public float Score(ReadOnlySpan<float> probabilities)
    {
        if (probabilities.Length != _weights.Length)
        {
            throw new ArgumentException($"A ranking score of {_weights.Length} tasks needs as many probabilities, not {probabilities.Length}.");
        }

        return (float)(_kind == RankingScoreKind.Product ? Product(probabilities) : Sum(probabilities));
    }

    private double Product(ReadOnlySpan<float> probabilities)
    {
        double product = 1;
        for (int k = 0; k < _weights.Length; k++)
        {
            product *= _weights[k] == 1 ? probabilities[k] : Math.Pow(probabilities[k], _weights[k]);
        }

        return product;
    }

    private double Sum(ReadOnlySpan<float> probabilities)
    {
        double sum = 0;
        for (int k = 0; k < _weights.Length; k++)
        {
            sum += _weights[k] * probabilities[k];
        }

        return sum;
    }
}
