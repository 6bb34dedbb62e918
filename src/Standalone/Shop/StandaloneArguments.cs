using DinOrleans.Grains.Shop;
using DinOrleans.Programs;
using DinOrleans.Programs.Settings;
using DinOrleans.Silo.Settings;

namespace DinOrleans.Standalone.Shop;

/// <summary>The folders of the shop, as the command line and the settings name them.</summary>
/// <param name="DataFolder">The folder where everything is kept.</param>
/// <param name="DatasetFolder">The dataset to serve; null for the sample shop.</param>
/// <param name="ArtifactFolder">The version to publish instead of training a first one; null to train.</param>
public sealed record StandaloneArguments(string DataFolder, string? DatasetFolder, string? ArtifactFolder)
{
    public const string DataOption = "--data";
    public const string DatasetOption = "--dataset";
    public const string ArtifactOption = "--artifact";
    public const string DataSetting = $"{SiloOptions.Section}:{nameof(SiloOptions.DataFolder)}";
    public const string SchemaSetting = $"{ShopOptions.Section}:{nameof(ShopOptions.SchemaFile)}";

    /// <summary>The program's command line.</summary>
    public static ProgramUsage Usage { get; } = new(
        "DinOrleans.Standalone",
        "Serves a shop from one process: loads a dataset or makes a sample shop, trains a first version, publishes it and ranks.",
        [
            new(DataOption, "FOLDER", $"Keeps everything in this folder, \"data\" by default. The same as --{DataSetting}.", DataSetting),
            new(DatasetOption, "FOLDER", "Serves this dataset instead of the sample shop."),
            new(ArtifactOption, "FOLDER", "Publishes this model version instead of training a first one."),
        ],
        ProgramUsage.WebHost);

    /// <summary>Takes the folders from the command line and the configuration, and tells the configuration where the shop's schema is.</summary>
    /// <exception cref="SettingException">The settings name another schema than the data folder's.</exception>
    public static StandaloneArguments Read(ProgramArguments arguments, ConfigurationManager configuration)
    {
        string data = configuration[DataSetting] is { Length: > 0 } folder ? folder : new SiloOptions().DataFolder;
        var own = new StandaloneArguments(data, arguments[DatasetOption], arguments[ArtifactOption]);
        string schema = Path.Combine(Path.GetFullPath(data), ShopFolders.SchemaFileName);
        if (configuration[SchemaSetting] is { } other && Path.GetFullPath(other) != schema)
        {
            throw new SettingException(SchemaSetting, other, $"must be {schema} here, where this program keeps the dataset's schema; leave it out");
        }

        configuration[SchemaSetting] = schema;
        return own;
    }
}
