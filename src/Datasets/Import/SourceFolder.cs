namespace DinOrleans.Datasets.Import;

/// <summary>Finds the files of a source folder, each of which may be gzipped.</summary>
internal static class SourceFolder
{
    /// <summary>The path of a required file.</summary>
    /// <exception cref="DatasetException">The folder does not have the file.</exception>
    public static string Require(string folder, string name) =>
        Find(folder, name) ?? throw new DatasetException(
            Directory.Exists(folder) ? $"{folder} has no {name}" : $"There is no folder {folder}");

    /// <summary>The path of a file, or null if the folder does not have it.</summary>
    public static string? Find(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return new[] { path, path + ".gz" }.FirstOrDefault(File.Exists);
    }
}
