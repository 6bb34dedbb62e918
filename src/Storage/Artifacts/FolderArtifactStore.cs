using System.Text.RegularExpressions;

namespace DinOrleans.Storage.Artifacts;

/// <summary>Model versions as subfolders of one folder: a local disk, or a share that every silo mounts.</summary>
public sealed partial class FolderArtifactStore : IArtifactStore
{
    private readonly string _folder;

    /// <param name="folder">Made where it is missing.</param>
    public FolderArtifactStore(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(_folder);
    }

    /// <inheritdoc/>
    public string Open(string version)
    {
        string place = Place(version);
        return Directory.Exists(place) ? place : throw new DirectoryNotFoundException($"There is no version \"{version}\" in {_folder}.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List() =>
        [.. Directory.EnumerateDirectories(_folder).Select(d => Path.GetFileName(d)!).Where(v => VersionPattern().IsMatch(v)).OrderDescending(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public string Import(string folder)
    {
        string version = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        string place = Place(version);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        }

        if (Directory.Exists(place))
        {
            return version;
        }

        string beside = Path.Combine(_folder, $".importing-{Guid.NewGuid():N}");
        try
        {
            Copy(folder, beside);
            Directory.Move(beside, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            // Another process imported the same version meanwhile; versions are immutable, so theirs is ours.
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }

        return version;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private string Place(string version) => VersionPattern().IsMatch(version)
        ? Path.Combine(_folder, version)
        : throw new ArgumentException($"\"{version}\" is no version: 1 to 100 letters, digits, dots, dashes and underscores, not starting with a dot.", nameof(version));

    [GeneratedRegex("^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$")]
    private static partial Regex VersionPattern();
}
