using System.Text.RegularExpressions;

namespace DinOrleans.Storage.Artifacts;

/// <summary>Keeps model versions as subfolders of one folder, on a local disk or a share that every silo mounts.</summary>
public sealed partial class FolderArtifactStore : IArtifactStore
{
    private const string Importing = ".importing-";
    private const string Removing = ".removing-";

    /// <summary>The prefix of a training that writes into this folder. It writes beside its place, as <see cref="Import"/> does.</summary>
    private const string Writing = ".writing-";

    private const string Receiving = ".receiving-";

    private static readonly string[] Unfinished = [Importing, Removing, Writing, Receiving];

    private readonly string _folder;

    /// <param name="folder">The folder of the versions. It is created if it is missing.</param>
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

        string beside = Path.Combine(_folder, $"{Importing}{Guid.NewGuid():N}");
        try
        {
            Copy(folder, beside);
            Directory.Move(beside, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            // Another process has imported the same version meanwhile. Versions never change, so both copies are the same.
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

    /// <inheritdoc/>
    public IncomingVersion Receive(string version) => new(Path.Combine(_folder, $"{Receiving}{Guid.NewGuid():N}"), Place(version));

    /// <inheritdoc/>
    public async Task RemoveAsync(string version)
    {
        string place = Place(version);
        string beside = Path.Combine(_folder, $"{Removing}{Guid.NewGuid():N}");
        try
        {
            await Task.Run(() => Directory.Move(place, beside)).ConfigureAwait(false);
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }

        // This is not awaited, because a share may take long to delete large files. The next start removes what is left.
        _ = Task.Run(() => Directory.Delete(beside, recursive: true));
    }

    /// <inheritdoc/>
    public int RemoveLeftOvers(TimeSpan age)
    {
        int removed = 0;
        foreach (string folder in Directory.GetDirectories(_folder, ".*").Where(f => Unfinished.Any(start => Path.GetFileName(f).StartsWith(start, StringComparison.Ordinal))))
        {
            IEnumerable<DateTime> writes = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(Directory.GetLastWriteTimeUtc);
            if (DateTime.UtcNow - writes.Append(Directory.GetLastWriteTimeUtc(folder)).Max() >= age)
            {
                Directory.Delete(folder, recursive: true);
                removed++;
            }
        }

        return removed;
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
        : throw new ArgumentException($"\"{version}\" is not the name of a version: it must be 1 to 100 letters, digits, dots, dashes and underscores, and not start with a dot.", nameof(version));

    [GeneratedRegex("^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$")]
    private static partial Regex VersionPattern();
}
