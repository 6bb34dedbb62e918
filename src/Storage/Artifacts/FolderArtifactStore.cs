using DinOrleans.Model.Artifacts;

namespace DinOrleans.Storage.Artifacts;

/// <summary>
/// Keeps model versions as subfolders of one folder, on a local disk or a share that every silo mounts. A version is written beside its place and
/// renamed into it.
/// </summary>
public sealed class FolderArtifactStore : IArtifactStore
{
    private const string Importing = ".importing-";
    private const string Removing = ".removing-";

    /// <summary>The prefix of a training that writes into this folder. It writes beside its place, as <see cref="ImportAsync"/> does.</summary>
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
    public Task CheckAsync(CancellationToken cancellationToken) => ListAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => Task.Run<IReadOnlyList<string>>(
        () => [.. Directory.EnumerateDirectories(_folder).Select(d => Path.GetFileName(d)!).Where(VersionNames.IsOne).OrderDescending(StringComparer.Ordinal)],
        cancellationToken);

    /// <inheritdoc/>
    public Task<ArtifactManifest> ReadManifestAsync(string version, CancellationToken cancellationToken) =>
        Task.Run(() => ArtifactManifest.Read(Find(version)), cancellationToken);

    /// <inheritdoc/>
    public Task<string> OpenAsync(string version, CancellationToken cancellationToken) => Task.Run(() => Find(version), cancellationToken);

    /// <inheritdoc/>
    public Task<string> ImportAsync(string folder, CancellationToken cancellationToken) => Task.Run(() => Import(folder, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IncomingVersion Receive(string version)
    {
        string place = Place(version);
        return new(Beside(Receiving), version, (folder, cancellationToken) => Task.Run(() => Move(folder, place), cancellationToken));
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string version, CancellationToken cancellationToken)
    {
        string place = Place(version);
        string beside = Beside(Removing);
        try
        {
            await Task.Run(() => Directory.Move(place, beside), cancellationToken).ConfigureAwait(false);
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }

        // This is not awaited, because a share may take long to delete large files. The next start removes what is left.
        _ = Task.Run(() => Directory.Delete(beside, recursive: true), CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task<int> RemoveLeftOversAsync(TimeSpan age, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            int removed = 0;
            foreach (string folder in Directory.GetDirectories(_folder, ".*").Where(f => Unfinished.Any(start => Path.GetFileName(f).StartsWith(start, StringComparison.Ordinal))))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (DateTime.UtcNow - VersionFolder.ChangedAt(folder) >= age)
                {
                    Directory.Delete(folder, recursive: true);
                    removed++;
                }
            }

            return removed;
        },
        cancellationToken);

    private string Import(string folder, CancellationToken cancellationToken)
    {
        string version = VersionNames.OfFolder(folder);
        string place = Place(version);
        ArtifactManifest manifest = VersionFolder.Verify(folder, cancellationToken);
        if (Directory.Exists(place))
        {
            VersionFolder.RequireSame(ArtifactManifest.Read(place), manifest);
            return version;
        }

        string beside = Beside(Importing);
        try
        {
            // The folder is named after its version while it is moved, so that its manifest can be read there.
            string copy = Path.Combine(beside, version);
            Copy(folder, copy, cancellationToken);
            Move(copy, place);
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

    private static void Move(string folder, string place)
    {
        try
        {
            Directory.Move(folder, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            // It was there, or another process was faster.
            VersionFolder.RequireSame(ArtifactManifest.Read(place), ArtifactManifest.Read(folder));
        }
    }

    private static void Copy(string from, string to, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private string Find(string version)
    {
        string place = Place(version);
        return Directory.Exists(place) ? place : throw new VersionNotFoundException(version, _folder);
    }

    private string Beside(string prefix) => Path.Combine(_folder, $"{prefix}{Guid.NewGuid():N}");

    private string Place(string version) => Path.Combine(_folder, VersionNames.Require(version));
}
