using System.Text.Json;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Datasets.Import.AmazonReviews;

/// <summary>Items of the metadata.</summary>
internal static class ItemMetadata
{
    public const string Category = "category";
    public const string Brand = "brand";

    /// <summary>An item's id, its parent's first.</summary>
    public static readonly string[] ItemIds = ["parent_asin", "asin"];

    /// <summary>The item of the current line.</summary>
    public static Item Read(JsonLines metadata)
    {
        string id = metadata.Id(ItemIds);
        var features = new Dictionary<string, string>();
        if (MostSpecificCategory(metadata) is { } category)
        {
            Add(features, Category, category);
        }

        if (metadata.Find("brand", "store") is var (name, value))
        {
            Add(features, Brand, metadata.Text(name, value));
        }

        return new(id, features);
    }

    /// <summary>A text that cannot be a feature's value is not a category or a brand but a description in the wrong field: it counts as missing.</summary>
    private static void Add(Dictionary<string, string> features, string name, string text)
    {
        if (InputRules.CheckFeature(text, isNumeric: false) is null)
        {
            features[name] = text;
        }
    }

    /// <summary>2014 has lists of lists, a path through the shop each; 2018 and 2023 have one path.</summary>
    private static string? MostSpecificCategory(JsonLines metadata)
    {
        if (metadata.Find("categories", "category") is not var (name, value))
        {
            return null;
        }

        while (value.ValueKind == JsonValueKind.Array)
        {
            if (value.GetArrayLength() == 0)
            {
                return null;
            }

            value = value[value.GetArrayLength() - 1];
        }

        return value.ValueKind == JsonValueKind.String
            ? metadata.Text(name, value)
            : throw metadata.Error(name, "must be a list of texts, or of lists of texts");
    }
}
