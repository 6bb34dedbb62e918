using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Schema;

/// <summary>The rules of a <see cref="RankingScoreRule"/>.</summary>
internal static class RankingScoreRules
{
    private const double MaxWeight = 1000;

    /// <summary>Collects the broken rules.</summary>
    public static void Check(FeatureSchema schema, Problems problems)
    {
        if (schema.RankingScore is not { } score)
        {
            return;
        }

        problems.Require(Enum.IsDefined(score.Kind), "rankingScore.kind must be product or sum");
        if (score.Weights is not { } weights)
        {
            return;
        }

        problems.Require(weights.Values.Any(w => w != 0), "rankingScore.weights must name at least one task with a weight other than 0");
        foreach ((string task, double weight) in weights)
        {
            problems.Require(schema.Tasks.Any(t => t.Name == task), $"rankingScore.weights names \"{task}\", which is not a task");
            double smallest = score.Kind == RankingScoreKind.Product ? 0 : -MaxWeight;
            problems.Require(weight >= smallest && weight <= MaxWeight, $"rankingScore.weights.{task} must be {smallest} to {MaxWeight}");
        }
    }
}
