using System.Text.RegularExpressions;

namespace DinOrleans.Model.Schema;

/// <summary>The rules of a <see cref="FeatureSchema"/>.</summary>
public static partial class FeatureSchemaValidator
{
    private const int MaxDimension = 512;
    private const int MaxFeatures = 1000;
    private const int MaxEventLength = 200;

    /// <summary>A sample's labels are bits of one number.</summary>
    private const int MaxTasks = 32;

    private static readonly string[] EventColumns = ["event_id", "user_id", "item_id", "type", "timestamp", "ranking_id"];

    /// <summary>Lists every broken rule as "field rule"; empty where the schema is valid.</summary>
    public static IReadOnlyList<string> Validate(FeatureSchema schema)
    {
        List<string> problems = [];
        int features = schema.ItemFeatures.Count + schema.UserFeatures.Count + schema.ContextFeatures.Count + schema.NumericFeatures.Count;
        if (features > MaxFeatures)
        {
            problems.Add($"itemFeatures, userFeatures, contextFeatures and numericFeatures must together be at most {MaxFeatures}");
        }

        Categorical(schema.ItemFeatures, "itemFeatures", problems);
        Categorical(schema.UserFeatures, "userFeatures", problems);
        Categorical(schema.ContextFeatures, "contextFeatures", problems);
        if (!schema.ItemFeatures.Any(f => f.Name == FeatureSchema.ItemId))
        {
            problems.Add($"itemFeatures must contain \"{FeatureSchema.ItemId}\"");
        }

        for (int i = 0; i < schema.NumericFeatures.Count; i++)
        {
            Name(schema.NumericFeatures[i].Name, $"numericFeatures[{i}].name", problems);
        }

        Unique(schema.ItemFeatures, schema.Numeric(FeatureSource.Item), "item", problems);
        Unique(schema.UserFeatures, schema.Numeric(FeatureSource.User), "user", problems);
        Unique(schema.ContextFeatures, schema.Numeric(FeatureSource.Context), "context", problems);
        foreach (string name in schema.ContextFeatures.Select(f => f.Name)
            .Concat(schema.Numeric(FeatureSource.Context).Select(f => f.Name)).Intersect(EventColumns))
        {
            problems.Add($"contextFeatures must not use the reserved events.csv column \"{name}\"");
        }

        Tasks(schema, problems);
        EventTypes(schema.Behaviours.Events, "behaviours.events", problems);
        EventTypes(schema.OtherEvents, "otherEvents", problems);
        RankingScoreRules.Check(schema, problems);
        schema.Behaviours.Check(problems);
        NamedSequence.Check(schema, problems);
        return problems;
    }

    private static void Categorical(IReadOnlyList<CategoricalFeature> features, string field, List<string> problems)
    {
        for (int i = 0; i < features.Count; i++)
        {
            Name(features[i].Name, $"{field}[{i}].name", problems);
            if (features[i].Dimension is < 1 or > MaxDimension)
            {
                problems.Add($"{field}[{i}].dimension must be 1 to {MaxDimension}");
            }
        }
    }

    internal static void Name(string name, string field, List<string> problems)
    {
        if (!NamePattern().IsMatch(name))
        {
            problems.Add($"{field} must be 1 to 64 lower-case letters, digits or underscores, starting with a letter");
        }
    }

    private static void Unique(
        IEnumerable<CategoricalFeature> categorical, IEnumerable<NumericFeature> numeric, string source, List<string> problems)
    {
        foreach (var name in categorical.Select(f => f.Name).Concat(numeric.Select(f => f.Name)).GroupBy(n => n).Where(g => g.Count() > 1))
        {
            problems.Add($"{source} feature \"{name.Key}\" must be named once");
        }
    }

    private static void Tasks(FeatureSchema schema, List<string> problems)
    {
        if (schema.Tasks.Count == 0)
        {
            problems.Add("tasks must name at least one task");
        }

        if (schema.Tasks.Count > MaxTasks)
        {
            problems.Add($"tasks must be at most {MaxTasks}");
        }

        for (int i = 0; i < schema.Tasks.Count; i++)
        {
            Name(schema.Tasks[i].Name, $"tasks[{i}].name", problems);
            EventTypes(schema.Tasks[i].PositiveEvents, $"tasks[{i}].positiveEvents", problems);
            if (schema.Tasks[i].PositiveEvents.Count == 0)
            {
                problems.Add($"tasks[{i}].positiveEvents must name at least one event type");
            }
        }

        foreach (var name in schema.Tasks.GroupBy(t => t.Name).Where(g => g.Count() > 1))
        {
            problems.Add($"task \"{name.Key}\" must be named once");
        }
    }

    private static void EventTypes(IReadOnlyList<string> types, string field, List<string> problems)
    {
        for (int i = 0; i < types.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(types[i]) || types[i].Length > MaxEventLength || types[i].Any(char.IsControl))
            {
                problems.Add($"{field}[{i}] must be 1 to {MaxEventLength} characters, not blank and without control characters");
            }
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$")]
    private static partial Regex NamePattern();
}
