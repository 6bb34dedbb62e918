namespace DinOrleans.Standalone.Shop;

/// <summary>Where a standalone shop keeps what.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Dataset">The dataset it was filled from.</param>
/// <param name="Artifact">A version to publish instead of training the first one; null to train.</param>
public sealed record ShopFolders(string Data, string Dataset, string? Artifact)
{
    /// <summary>The shop's schema, copied from the dataset when the shop is made.</summary>
    public string SchemaFile => Path.Combine(Data, "schema.json");

    /// <summary>Written when all of the dataset is in the stores; holds the dataset's full path.</summary>
    public string LoadedMark => Path.Combine(Data, "dataset-loaded");

    /// <summary>The generated dataset of the sample shop.</summary>
    public static string SampleDataset(string data) => Path.Combine(data, "sample-shop");
}
