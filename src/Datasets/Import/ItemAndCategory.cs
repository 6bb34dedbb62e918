using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import;

/// <summary>Shops whose items have an id and a category and whose users do one kind of thing.</summary>
internal static class ItemAndCategory
{
    private const int Dimension = 32;
    private const string Category = "category";

    /// <summary>The schema of such a shop.</summary>
    /// <param name="eventType">Its one event type, which is behaviour, task and positive alike.</param>
    public static FeatureSchema Schema(string eventType) => new()
    {
        ItemFeatures = [new(FeatureSchema.ItemId, Dimension), new(Category, Dimension)],
        Tasks = [new(eventType, [eventType])],
        Behaviours = new([eventType]),
    };

    /// <summary>An item of such a shop; null for no category.</summary>
    public static Item Item(string itemId, string? category) =>
        new(itemId, category is null ? EmptyFeatures.Instance : new Dictionary<string, string> { [Category] = category });
}
