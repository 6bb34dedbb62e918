using DinOrleans.Programs;

namespace DinOrleans.Standalone.Shop;

/// <summary>Where a standalone shop keeps what.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Dataset">The dataset it was filled from.</param>
/// <param name="Artifact">A version to publish instead of training the first one; null to train.</param>
public sealed record ShopFolders(string Data, string Dataset, string? Artifact)
{
    /// <summary>Name of the schema in the data folder.</summary>
    public const string SchemaFileName = "schema.json";

    private const string SampleName = "sample-shop";

    /// <summary>The shop's schema, copied from the dataset when the shop is made.</summary>
    public string SchemaFile => Path.Combine(Data, SchemaFileName);

    /// <summary>Where a first version is trained, before it goes into the store; removed afterwards.</summary>
    public string Scratch => ScratchIn(Data);

    /// <summary>Written when all of the dataset is in the stores; holds the dataset's full path.</summary>
    public string LoadedMark => Path.Combine(Data, "dataset-loaded");

    /// <summary>The generated dataset of the sample shop.</summary>
    public static string SampleDataset(string data) => Path.Combine(data, SampleName);

    /// <summary>
    /// Removes what a process that was killed during its first start had begun to write: a sample shop, or a first version. No other process
    /// may be using the folder.
    /// </summary>
    /// <param name="data">The data folder.</param>
    /// <exception cref="SettingException">A folder cannot be removed.</exception>
    public static void RemoveLeftOvers(string data)
    {
        IEnumerable<string> leftOvers = Directory.EnumerateDirectories(data, $"{SampleName}.*.partial");
        foreach (string folder in leftOvers.Append(ScratchIn(data)).Where(Directory.Exists))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SettingException(
                    StandaloneArguments.DataOption, data, $"must be a folder that this process may write to ({folder}, left by an earlier start: {e.Message.TrimEnd('.')})", e);
            }
        }
    }

    private static string ScratchIn(string data) => Path.Combine(data, "training");
}
