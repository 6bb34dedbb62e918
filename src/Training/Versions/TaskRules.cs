using System.Globalization;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Training.Versions;

/// <summary>Rules that the tasks must fulfil before training starts.</summary>
public static class TaskRules
{
    /// <summary>Reads the weights of the tasks' losses from text.</summary>
    /// <param name="text">Every task of the schema once with its weight, such as <c>click=1,buy=2.5</c>.</param>
    /// <param name="schema">The schema.</param>
    /// <returns>[K] The weights in the order of the schema.</returns>
    /// <exception cref="InvalidContentException">A task is unknown, named twice or left out, or a weight is not a number.</exception>
    public static IReadOnlyList<double> ParseWeights(string text, FeatureSchema schema)
    {
        Dictionary<string, double> weights = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || !double.TryParse(sides[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight))
            {
                throw new InvalidContentException($"task weights: \"{part}\" must be a task and its weight, such as click=1");
            }

            if (!schema.Tasks.Any(t => t.Name == sides[0]))
            {
                throw new InvalidContentException($"task weights: \"{sides[0]}\" is not a task. The tasks are {string.Join(", ", schema.Tasks.Select(t => t.Name))}");
            }

            if (!weights.TryAdd(sides[0], weight))
            {
                throw new InvalidContentException($"task weights: \"{sides[0]}\" must be named once");
            }
        }

        return
        [
            .. schema.Tasks.Select(t => weights.TryGetValue(t.Name, out double weight)
                ? weight
                : throw new InvalidContentException($"task weights: \"{t.Name}\" must have a weight, 0 to leave it out")),
        ];
    }

    /// <summary>Checks that every task that is learned has positives. Without them, its scores would only fall.</summary>
    /// <param name="schema">The schema with the tasks.</param>
    /// <param name="training">The training rankings.</param>
    /// <param name="weights">[K] The weights of the tasks' losses. A task of weight 0 is not learned and needs no positives. Null learns all tasks.</param>
    /// <exception cref="InvalidContentException">A task has no positive.</exception>
    public static void RequirePositives(FeatureSchema schema, SampleSplit training, IReadOnlyList<double>? weights)
    {
        for (int k = 0; k < schema.Tasks.Count; k++)
        {
            bool isLearned = weights is null || k >= weights.Count || weights[k] != 0;
            if (isLearned && training.Positives(k) == 0)
            {
                RankingTask task = schema.Tasks[k];
                throw new InvalidContentException(
                    $"task \"{task.Name}\" has no positive in the {training.Count} training rankings: none of its events "
                    + $"(\"{string.Join("\", \"", task.PositiveEvents)}\") falls on a candidate. Send such events, take the task out of the schema, or give it the weight 0.");
            }
        }
    }
}
