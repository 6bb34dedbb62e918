using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Representation;

/// <summary>Names of a schema's features that are unique over items, users and contexts.</summary>
public static class FeatureKeys
{
    /// <summary>The key of the item bias, a table of width 1 with the rows of <c>item_id</c>.</summary>
    public const string ItemBias = "item.item_id.bias";

    /// <summary>Makes the key of a feature, for example <c>item.category</c>.</summary>
    /// <param name="source">The owner of the feature: an item, a user or a context.</param>
    /// <param name="feature">The name of the feature.</param>
    public static string Create(FeatureSource source, string feature) => $"{Prefix(source)}.{feature}";

    private static string Prefix(FeatureSource source) => source switch
    {
        FeatureSource.Item => "item",
        FeatureSource.User => "user",
        FeatureSource.Context => "context",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "Unknown feature source."),
    };
}
