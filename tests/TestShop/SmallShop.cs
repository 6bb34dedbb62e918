using DinOrleans.Model.Schema;

namespace DinOrleans.TestShop;

/// <summary>A shop of 20 items with a feature of every kind.</summary>
public static class SmallShop
{
    /// <summary>Its schema; histories of up to 10 behaviours.</summary>
    public static FeatureSchema Schema { get; } = new()
    {
        ItemFeatures = [new("item_id", 6), new("category", 2)],
        UserFeatures = [new("age_band", 2)],
        ContextFeatures = [new("device", 2)],
        NumericFeatures = [new("price", FeatureSource.Item, Normalisation.LogStandard)],
        Tasks = [new("click", ["click"])],
        Behaviours = new(["click"], 10),
        OtherEvents = ["impression"],
    };

    /// <summary>i0 to i19.</summary>
    public static IReadOnlyList<string> ItemIds { get; } = [.. Enumerable.Range(0, 20).Select(i => $"i{i}")];

    /// <summary>What a version of this shop knows.</summary>
    public static IReadOnlyDictionary<string, string[]> Values { get; } = new Dictionary<string, string[]>
    {
        ["item.item_id"] = [.. ItemIds],
        ["item.category"] = ["c0", "c1", "c2"],
        ["user.age_band"] = ["20-29", "30-39"],
        ["context.device"] = ["ios", "android"],
    };

    /// <summary>Features of an item, as they would be put into the catalogue.</summary>
    public static IReadOnlyDictionary<string, string> Features(int item) => new Dictionary<string, string>
    {
        ["category"] = $"c{item % 3}",
        ["price"] = $"{item + 1}.5",
    };
}
