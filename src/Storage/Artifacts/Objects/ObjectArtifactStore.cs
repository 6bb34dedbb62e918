using DinOrleans.Model.Artifacts;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage.Artifacts.Objects;

/// <summary>
/// Keeps versions as objects in a bucket. The manifest is written last and deleted first, so that a version whose manifest is not there does not
/// exist.
/// </summary>
/// <param name="bucket">Where the objects are. It is disposed of with the store.</param>
/// <param name="objects">The objects of the versions.</param>
/// <param name="transfer">Downloads from the bucket.</param>
/// <param name="cache">Where versions are downloaded to. It is disposed of with the store.</param>
/// <param name="instruments">Take the time and the bytes of transfers.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Takes a line for each transfer of a version.</param>
internal sealed partial class ObjectArtifactStore(
    IBucket bucket, VersionObjects objects, ObjectTransfer transfer, VersionCache cache, StorageInstruments instruments, TimeProvider time, ILogger<ObjectArtifactStore> logger)
    : IArtifactStore, IDisposable
{
    /// <summary>How long nothing of an unfinished version must have been written before it is removed. A file of many gigabytes takes its time.</summary>
    private static readonly TimeSpan UnfinishedFor = TimeSpan.FromDays(1);

    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => objects.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await objects.FinishedAsync(cancellationToken).ConfigureAwait(false)).OrderDescending(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public async Task<ArtifactManifest> ReadManifestAsync(string version, CancellationToken cancellationToken) =>
        await objects.FindManifestAsync(VersionNames.Require(version), cancellationToken).ConfigureAwait(false) ?? throw new VersionNotFoundException(version, bucket.Name);

    /// <inheritdoc/>
    public async Task<string> OpenAsync(string version, CancellationToken cancellationToken) =>
        await cache.OpenAsync(VersionNames.Require(version), (folder, stop) => DownloadAsync(version, folder, stop), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<string> ImportAsync(string folder, CancellationToken cancellationToken)
    {
        VersionNames.OfFolder(folder);
        ArtifactManifest manifest = await Task.Run(() => VersionFolder.Verify(folder, cancellationToken), cancellationToken).ConfigureAwait(false);
        await UploadAsync(folder, manifest, cancellationToken).ConfigureAwait(false);
        return manifest.Version;
    }

    /// <inheritdoc/>
    public IncomingVersion Receive(string version) => new(
        cache.Beside(), VersionNames.Require(version), (folder, cancellationToken) => UploadAsync(folder, ArtifactManifest.Read(folder), cancellationToken));

    /// <inheritdoc/>
    public async Task RemoveAsync(string version, CancellationToken cancellationToken)
    {
        if (await objects.FindManifestTextAsync(VersionNames.Require(version), cancellationToken).ConfigureAwait(false) is not null)
        {
            await objects.MarkAsync(version, cancellationToken).ConfigureAwait(false);
            await objects.DeleteAsync(version, cancellationToken).ConfigureAwait(false);
        }

        cache.Remove(version);
    }

    /// <inheritdoc/>
    public async Task<int> RemoveLeftOversAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        DateTimeOffset since = time.GetUtcNow() - (age > UnfinishedFor ? age : UnfinishedFor);
        string[] unfinished = [.. await objects.UnfinishedAsync(since, cancellationToken).ConfigureAwait(false)];
        foreach (string version in unfinished)
        {
            await objects.DeleteAsync(version, cancellationToken).ConfigureAwait(false);
        }

        return unfinished.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cache.Dispose();
        bucket.Dispose();
    }

    private async Task UploadAsync(string folder, ArtifactManifest manifest, CancellationToken cancellationToken)
    {
        string version = manifest.Version;
        if (await HasAsync(manifest, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        long start = time.GetTimestamp();
        await objects.MarkAsync(version, cancellationToken).ConfigureAwait(false);
        foreach (string file in manifest.Files.Keys.Order(StringComparer.Ordinal))
        {
            await bucket.PutAsync(objects.Key(version, file), Path.Combine(folder, file), cancellationToken).ConfigureAwait(false);
        }

        byte[] json = await File.ReadAllBytesAsync(Path.Combine(folder, ArtifactFiles.Manifest), cancellationToken).ConfigureAwait(false);
        if (!await bucket.TryPutNewAsync(objects.Key(version, ArtifactFiles.Manifest), json, cancellationToken).ConfigureAwait(false)
            && !await HasAsync(manifest, cancellationToken).ConfigureAwait(false))
        {
            throw new ArtifactStoreException($"Version {version} was written to {bucket.Name} and removed from it at the same time.", mayPass: true);
        }

        await objects.UnmarkAsync(version, cancellationToken).ConfigureAwait(false);
        long bytes = json.Length + manifest.Files.Values.Sum(f => f.Bytes);
        TimeSpan elapsed = time.GetElapsedTime(start);
        instruments.ArtifactUploaded(bytes, elapsed);
        LogUploaded(version, bucket.Name, bytes, elapsed.TotalMilliseconds);
    }

    /// <summary>True if the store has a version.</summary>
    /// <exception cref="ArtifactException">It has another one of that name.</exception>
    private async Task<bool> HasAsync(ArtifactManifest manifest, CancellationToken cancellationToken)
    {
        if (await objects.FindManifestAsync(manifest.Version, cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            return false;
        }

        VersionFolder.RequireSame(stored, manifest);
        return true;
    }

    private async Task DownloadAsync(string version, string folder, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        try
        {
            string json = await objects.FindManifestTextAsync(version, cancellationToken).ConfigureAwait(false) ?? throw new VersionNotFoundException(version, bucket.Name);
            ArtifactManifest manifest = VersionObjects.Parse(json, version);
            foreach ((string file, ArtifactFile expected) in manifest.Files)
            {
                string path = Path.Combine(folder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await transfer.DownloadAsync(objects.Key(version, file), file, expected, path, cancellationToken).ConfigureAwait(false);
            }

            await File.WriteAllTextAsync(Path.Combine(folder, ArtifactFiles.Manifest), json, cancellationToken).ConfigureAwait(false);
            long bytes = manifest.Files.Values.Sum(f => f.Bytes);
            TimeSpan elapsed = time.GetElapsedTime(start);
            instruments.ArtifactDownloaded(bytes, elapsed);
            LogDownloaded(version, bucket.Name, bytes, elapsed.TotalMilliseconds);
        }
        catch (Exception e) when (e is not (OperationCanceledException or VersionNotFoundException))
        {
            instruments.ArtifactNotDownloaded();
            throw;
        }

        await PruneAsync(version, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the versions from the cache that the store has no more. They were removed to make room for newer ones.</summary>
    private async Task PruneAsync(string downloaded, CancellationToken cancellationToken)
    {
        try
        {
            cache.KeepOnly((await objects.FinishedAsync(cancellationToken).ConfigureAwait(false)).Append(downloaded));
        }
        catch (ArtifactStoreException e)
        {
            // The version is here, and that is what was asked for. The next download tries again.
            LogNotPruned(e.Message);
        }
    }

    [LoggerMessage(EventId = 420, Level = LogLevel.Information, Message = "Downloaded version {Version} from {Store}: {Bytes} bytes in {Milliseconds:F0} ms")]
    private partial void LogDownloaded(string version, string store, long bytes, double milliseconds);

    [LoggerMessage(EventId = 421, Level = LogLevel.Information, Message = "Uploaded version {Version} to {Store}: {Bytes} bytes in {Milliseconds:F0} ms")]
    private partial void LogUploaded(string version, string store, long bytes, double milliseconds);

    [LoggerMessage(EventId = 425, Level = LogLevel.Warning, Message = "Versions that were removed from the store stay on this machine until the next download: {Reason}")]
    private partial void LogNotPruned(string reason);
}
