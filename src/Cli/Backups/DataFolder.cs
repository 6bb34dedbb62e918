using DinOrleans.Model.Validation;
using DinOrleans.Storage.Sqlite;

namespace DinOrleans.Cli.Backups;

/// <summary>The parts of a server's data folder that a backup holds.</summary>
internal static class DataFolder
{
    /// <summary>The folder of the model versions.</summary>
    public const string Versions = "versions";

    /// <summary>Small files that the server writes once. The database and the versions come beside them.</summary>
    public static readonly string[] Files = ["schema.json", "dataset-loaded"];

    /// <summary>Requires a folder with a database.</summary>
    /// <exception cref="InvalidContentException">The folder is not a data folder with a database.</exception>
    public static void Require(string folder)
    {
        if (!File.Exists(Path.Combine(folder, SqliteOptions.FileName)))
        {
            throw new InvalidContentException(
                Directory.Exists(folder) ? $"{folder} is not the data folder of a server with an embedded database: it has no {SqliteOptions.FileName}."
                : $"There is no folder {folder}.");
        }
    }

    /// <summary>Lists the names of the versions of a data folder, without those that are not finished.</summary>
    public static string[] ListVersions(string folder)
    {
        string versions = Path.Combine(folder, Versions);
        return Directory.Exists(versions)
            ? [.. Directory.EnumerateDirectories(versions).Select(v => Path.GetFileName(v)!).Where(v => !v.StartsWith('.')).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>The bytes that a backup of a data folder takes.</summary>
    public static long Bytes(string folder) =>
        new SqliteFile(Path.Combine(folder, SqliteOptions.FileName)).Bytes()
        + ListVersions(folder).Sum(v => Directory.EnumerateFiles(Path.Combine(folder, Versions, v), "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length));
}
