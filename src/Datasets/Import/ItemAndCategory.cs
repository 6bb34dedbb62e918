using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import;

/// <summary>Makes schemas and items for sources whose items have an id and a category, and whose events have one type.</summary>
internal static class ItemAndCategory
{
    private const int Dimension = 32;
    private const string Category = "category";

    /// <summary>Makes a schema.</summary>
    /// <param name="eventType">The only event type, which is the behaviour and the positive of the only task.</param>
    public static FeatureSchema Schema(string eventType) => new()
    {
        ItemFeatures = [new(FeatureSchema.ItemId, Dimension), new(Category, Dimension)],
        Tasks = [new(eventType, [eventType])],
        Behaviours = new([eventType]),
    };

    /// <summary>Makes an item. A null category is missing.</summary>
    public static Item Item(string itemId, string? category) =>
        new(itemId, category is null ? EmptyFeatures.Instance : new Dictionary<string, string> { [Category] = category });
}
