using DinOrleans.Programs.Settings;

namespace DinOrleans.Standalone.Shop;

/// <summary>The folders and files of a standalone shop.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Dataset">The dataset that the stores are filled from.</param>
/// <param name="Artifact">The version to publish instead of training a first one; null to train.</param>
public sealed record ShopFolders(string Data, string Dataset, string? Artifact)
{
    /// <summary>The name of the schema in the data folder.</summary>
    public const string SchemaFileName = "schema.json";

    private const string SampleName = "sample-shop";

    /// <summary>The shop's schema, copied from the dataset when the shop is made.</summary>
    public string SchemaFile => Path.Combine(Data, SchemaFileName);

    /// <summary>The file that is written when all of the dataset is in the stores. It holds the dataset's full path.</summary>
    public string LoadedMark => Path.Combine(Data, "dataset-loaded");

    /// <summary>The folder of the sample shop's dataset.</summary>
    public static string SampleDataset(string data) => Path.Combine(data, SampleName);

    /// <summary>
    /// Removes the unfinished sample shop of a process that was killed during its first start. No other process may be using the folder.
    /// </summary>
    /// <param name="data">The data folder.</param>
    /// <exception cref="SettingException">A folder cannot be removed.</exception>
    public static void RemoveLeftOvers(string data)
    {
        foreach (string folder in Directory.EnumerateDirectories(data, $"{SampleName}.*.partial"))
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
}
