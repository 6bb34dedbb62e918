namespace DinOrleans.Model.Schema;

/// <summary>The rules of a <see cref="RankingScoreRule"/>.</summary>
internal static class RankingScoreRules
{
    private const double MaxWeight = 1000;

    public static void Check(FeatureSchema schema, List<string> problems)
    {
        if (schema.RankingScore is not { } score)
        {
            return;
        }

        if (!Enum.IsDefined(score.Kind))
        {
            problems.Add("rankingScore.kind must be product or sum");
        }

        if (score.Weights is not { } weights)
        {
            return;
        }

        if (!weights.Values.Any(w => w != 0))
        {
            problems.Add("rankingScore.weights must name at least one task with a weight other than 0");
        }

        foreach ((string task, double weight) in weights)
        {
            if (!schema.Tasks.Any(t => t.Name == task))
            {
                problems.Add($"rankingScore.weights names \"{task}\", which is no task");
            }

            double smallest = score.Kind == RankingScoreKind.Product ? 0 : -MaxWeight;
            if (!(weight >= smallest && weight <= MaxWeight))
            {
                problems.Add($"rankingScore.weights.{task} must be {smallest} to {MaxWeight}");
            }
        }
    }
}
