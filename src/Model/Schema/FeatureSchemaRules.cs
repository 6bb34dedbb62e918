using System.Text.RegularExpressions;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Schema;

/// <summary>The rules of a <see cref="FeatureSchema"/>.</summary>
public static partial class FeatureSchemaRules
{
    private const int MaxDimension = 512;
    private const int MaxFeatures = 1000;
    private const int MaxEventLength = 200;

    /// <summary>Training keeps the labels of a candidate as the bits of one number.</summary>
    private const int MaxTasks = 32;

    private static readonly string[] EventColumns = ["event_id", "user_id", "item_id", "type", "timestamp", "ranking_id"];

    /// <summary>Checks a schema.</summary>
    /// <returns>Every broken rule as "field rule"; empty if the schema is valid.</returns>
    public static IReadOnlyList<string> Check(FeatureSchema schema)
    {
        Problems problems = [];
        int features = schema.ItemFeatures.Count + schema.UserFeatures.Count + schema.ContextFeatures.Count + schema.NumericFeatures.Count;
        problems.Require(features <= MaxFeatures, $"itemFeatures, userFeatures, contextFeatures and numericFeatures must together be at most {MaxFeatures}");
        CheckCategorical(schema.ItemFeatures, "itemFeatures", problems);
        CheckCategorical(schema.UserFeatures, "userFeatures", problems);
        CheckCategorical(schema.ContextFeatures, "contextFeatures", problems);
        problems.Require(schema.ItemFeatures.Any(f => f.Name == FeatureSchema.ItemId), $"itemFeatures must contain \"{FeatureSchema.ItemId}\"");
        for (int i = 0; i < schema.NumericFeatures.Count; i++)
        {
            CheckName(schema.NumericFeatures[i].Name, $"numericFeatures[{i}].name", problems);
        }

        CheckUnique(schema, FeatureSource.Item, "item", problems);
        CheckUnique(schema, FeatureSource.User, "user", problems);
        CheckUnique(schema, FeatureSource.Context, "context", problems);
        foreach (string name in Names(schema, FeatureSource.Context).Intersect(EventColumns))
        {
            problems.Add($"contextFeatures must not use the reserved events.csv column \"{name}\"");
        }

        CheckTasks(schema, problems);
        CheckEventTypes(schema.Behaviours.Events, "behaviours.events", problems);
        CheckEventTypes(schema.OtherEvents, "otherEvents", problems);
        RankingScoreRules.Check(schema, problems);
        schema.Behaviours.Check(problems);
        NamedSequence.Check(schema, problems);
        return problems;
    }

    internal static void CheckName(string name, string field, Problems problems) => problems.Require(
        NamePattern().IsMatch(name), $"{field} must be 1 to 64 lower-case letters, digits or underscores, starting with a letter");

    private static void CheckCategorical(IReadOnlyList<CategoricalFeature> features, string field, Problems problems)
    {
        for (int i = 0; i < features.Count; i++)
        {
            CheckName(features[i].Name, $"{field}[{i}].name", problems);
            problems.Require(features[i].Dimension is >= 1 and <= MaxDimension, $"{field}[{i}].dimension must be 1 to {MaxDimension}");
        }
    }

    private static void CheckUnique(FeatureSchema schema, FeatureSource source, string word, Problems problems)
    {
        foreach (var name in Names(schema, source).GroupBy(n => n).Where(g => g.Count() > 1))
        {
            problems.Add($"{word} feature \"{name.Key}\" must be named once");
        }
    }

    private static void CheckTasks(FeatureSchema schema, Problems problems)
    {
        problems.Require(schema.Tasks.Count > 0, "tasks must name at least one task");
        problems.Require(schema.Tasks.Count <= MaxTasks, $"tasks must be at most {MaxTasks}");
        for (int i = 0; i < schema.Tasks.Count; i++)
        {
            CheckName(schema.Tasks[i].Name, $"tasks[{i}].name", problems);
            CheckEventTypes(schema.Tasks[i].PositiveEvents, $"tasks[{i}].positiveEvents", problems);
            problems.Require(schema.Tasks[i].PositiveEvents.Count > 0, $"tasks[{i}].positiveEvents must name at least one event type");
        }

        foreach (var name in schema.Tasks.GroupBy(t => t.Name).Where(g => g.Count() > 1))
        {
            problems.Add($"task \"{name.Key}\" must be named once");
        }
    }

    private static void CheckEventTypes(IReadOnlyList<string> types, string field, Problems problems)
    {
        for (int i = 0; i < types.Count; i++)
        {
            problems.Require(
                !string.IsNullOrWhiteSpace(types[i]) && types[i].Length <= MaxEventLength && !types[i].Any(char.IsControl),
                $"{field}[{i}] must be 1 to {MaxEventLength} characters, not blank and without control characters");
        }
    }

    private static IEnumerable<string> Names(FeatureSchema schema, FeatureSource source) =>
        schema.Categorical(source).Select(f => f.Name).Concat(schema.Numeric(source).Select(f => f.Name));

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$")]
    private static partial Regex NamePattern();
}
