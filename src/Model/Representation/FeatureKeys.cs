using DinOrleans.Model.Ranking;
using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Representation;

/// <summary>Names of a schema's features that are unique over items, users and contexts, and the widths they make.</summary>
public static class FeatureKeys
{
    /// <summary>Key of the item bias, a table of width 1 with the rows of <c>item_id</c>.</summary>
    public const string ItemBias = "item.item_id.bias";

    /// <summary>For example <c>item.category</c>.</summary>
    public static string Of(FeatureSource source, string feature) => $"{Prefix(source)}.{feature}";

    /// <summary>The categorical features of a source, in schema order.</summary>
    public static IReadOnlyList<CategoricalFeature> Categorical(this FeatureSchema schema, FeatureSource source) => source switch
    {
        FeatureSource.Item => schema.ItemFeatures,
        FeatureSource.User => schema.UserFeatures,
        FeatureSource.Context => schema.ContextFeatures,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "Unknown feature source."),
    };

    /// <summary>Floats of a source's vector.</summary>
    public static int Width(this FeatureSchema schema, FeatureSource source) =>
        schema.Categorical(source).Sum(f => f.Dimension) + schema.Numeric(source).Count();

    /// <summary>Widths of the inputs of a schema's models.</summary>
    public static ScoreLayout Layout(this FeatureSchema schema) =>
        new(schema.Width(FeatureSource.Item), schema.Width(FeatureSource.User), schema.Width(FeatureSource.Context), schema.Tasks.Count)
        {
            ItemFields = schema.Fields(FeatureSource.Item),
            ProfileFields = schema.Fields(FeatureSource.User),
            ContextFields = schema.Fields(FeatureSource.Context),
            ItemNumbers = schema.Numeric(FeatureSource.Item).Count(),
            ProfileNumbers = schema.Numeric(FeatureSource.User).Count(),
            ContextNumbers = schema.Numeric(FeatureSource.Context).Count(),
            Sequences = [.. (schema.Sequences ?? []).Select(s => s.Name)],
        };

    /// <summary>Width of each feature in a source's vector: the categorical ones, then the numbers.</summary>
    private static int[] Fields(this FeatureSchema schema, FeatureSource source) =>
        [.. schema.Categorical(source).Select(f => f.Dimension), .. schema.Numeric(source).Select(_ => 1)];

    private static string Prefix(FeatureSource source) => source switch
    {
        FeatureSource.Item => "item",
        FeatureSource.User => "user",
        FeatureSource.Context => "context",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "Unknown feature source."),
    };
}
