using System.Collections.Concurrent;
using DinOrleans.Model.Artifacts;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage.Artifacts.Objects;

/// <summary>
/// The versions that this process has downloaded, in a folder that no other process uses. A version is downloaded beside its place and renamed into
/// it. What an earlier process has left is verified before it is used.
/// </summary>
internal sealed partial class VersionCache : IDisposable
{
    private const string Unfinished = ".unfinished-";
    private const string LockFile = ".lock";

    private readonly string _folder;
    private readonly ILogger _logger;
    private readonly FileStream _lock;
    private readonly SharedRuns<string> _runs = new();
    private readonly ConcurrentDictionary<string, bool> _verified = [];

    /// <summary>Takes a folder, and removes what an earlier process had not finished there.</summary>
    /// <exception cref="IOException">Another process uses the folder, or it cannot be written to. The message names the setting.</exception>
    public VersionCache(string folder, ILogger<VersionCache> logger)
    {
        _folder = Path.GetFullPath(folder);
        _logger = logger;
        _lock = Take(_folder);
        foreach (string left in Directory.GetDirectories(_folder, Unfinished + "*"))
        {
            Directory.Delete(left, recursive: true);
        }
    }

    /// <summary>Makes the path of a folder for something unfinished. The folder is not created.</summary>
    public string Beside() => Path.Combine(_folder, $"{Unfinished}{Guid.NewGuid():N}");

    /// <summary>Returns the folder of a version. It is downloaded where it is not there or is damaged, once for all who want it at the same time.</summary>
    /// <param name="version">The version.</param>
    /// <param name="download">Downloads the version into a folder of its name, and verifies it.</param>
    /// <param name="cancellationToken">Ends the wait, and the download if nobody else waits for it.</param>
    public async Task<string> OpenAsync(string version, Func<string, CancellationToken, Task> download, CancellationToken cancellationToken)
    {
        string place = Place(version);
        return _verified.ContainsKey(version) && Directory.Exists(place)
            ? place
            : await _runs.RunAsync(version, stop => OpenOnceAsync(version, place, download, stop), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes all versions but some.</summary>
    public void KeepOnly(IEnumerable<string> versions)
    {
        HashSet<string> kept = [.. versions];
        foreach (string version in Directory.EnumerateDirectories(_folder).Select(d => Path.GetFileName(d)!).Where(v => VersionNames.IsOne(v) && !kept.Contains(v)).ToArray())
        {
            Remove(version);
        }
    }

    /// <summary>Removes a version if it is there.</summary>
    public void Remove(string version)
    {
        string beside = Beside();
        try
        {
            _verified.TryRemove(version, out _);
            Directory.Move(Place(version), beside);
            Directory.Delete(beside, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It is not there.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows does not move a folder whose files are mapped. The space is freed later, or at the next start.
            LogNotRemoved(e, version);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Take(string folder)
    {
        const string setting = $"{ArtifactOptions.Section}:{nameof(ArtifactOptions.CacheFolder)}";
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{setting} is \"{folder}\": it must be a folder of this process alone that it may write to ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private async Task<string> OpenOnceAsync(string version, string place, Func<string, CancellationToken, Task> download, CancellationToken cancellationToken)
    {
        if (Directory.Exists(place) && !IsSound(version, place, cancellationToken))
        {
            Remove(version);
        }

        if (!Directory.Exists(place))
        {
            string beside = Beside();
            try
            {
                string folder = Path.Combine(beside, version);
                Directory.CreateDirectory(folder);
                await download(folder, cancellationToken).ConfigureAwait(false);
                Move(folder, place);
            }
            finally
            {
                Discard(beside);
            }
        }

        _verified[version] = true;
        return place;
    }

    private bool IsSound(string version, string place, CancellationToken cancellationToken)
    {
        try
        {
            VersionFolder.Verify(place, cancellationToken);
            return true;
        }
        catch (ArtifactException e)
        {
            LogDamaged(version, e.Message);
            return false;
        }
    }

    private static void Move(string folder, string place)
    {
        try
        {
            Directory.Move(folder, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            // A download that was cancelled too late to stop has put the same version there.
        }
    }

    private void Discard(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start removes it.
            LogNotRemoved(e, Path.GetFileName(folder));
        }
    }

    private string Place(string version) => Path.Combine(_folder, VersionNames.Require(version));

    [LoggerMessage(EventId = 422, Level = LogLevel.Warning, Message = "The copy of version {Version} on this machine is damaged and is downloaded again: {Reason}")]
    private partial void LogDamaged(string version, string reason);

    [LoggerMessage(EventId = 423, Level = LogLevel.Warning, Message = "{Folder} cannot be removed from the folder of downloaded versions yet")]
    private partial void LogNotRemoved(Exception error, string folder);
}
