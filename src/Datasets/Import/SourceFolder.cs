namespace DinOrleans.Datasets.Import;

/// <summary>Sources that are folders of files with given names, each plain or gzipped.</summary>
internal static class SourceFolder
{
    /// <summary>The path of a file.</summary>
    /// <exception cref="DatasetException">The folder lacks it.</exception>
    public static string Require(string folder, string name) =>
        Find(folder, name) ?? throw new DatasetException(
            Directory.Exists(folder) ? $"{folder}: there is no {name}" : $"{folder}: there is no such folder");

    /// <summary>The path of a file; null where the folder lacks it.</summary>
    public static string? Find(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return new[] { path, path + ".gz" }.FirstOrDefault(File.Exists);
    }
}
