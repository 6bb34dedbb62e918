using System.Text.Json;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Datasets.Import.AmazonReviews;

/// <summary>Reads items of the metadata.</summary>
internal static class ItemMetadata
{
    public const string Category = "category";
    public const string Brand = "brand";

    /// <summary>The fields of an item's id. The id of its parent comes first.</summary>
    public static readonly string[] ItemIds = ["parent_asin", "asin"];

    /// <summary>Reads the item of the current line.</summary>
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

    /// <summary>A text that cannot be the value of a feature counts as missing, because it is a description in the wrong field.</summary>
    private static void Add(Dictionary<string, string> features, string name, string text)
    {
        if (InputRules.CheckFeature(text, isNumeric: false) is null)
        {
            features[name] = text;
        }
    }

    /// <summary>Reads the categories. The release of 2014 has a list of paths through the categories, those of 2018 and 2023 have one path.</summary>
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
