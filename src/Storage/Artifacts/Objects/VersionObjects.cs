using DinOrleans.Model.Artifacts;

namespace DinOrleans.Storage.Artifacts.Objects;

/// <summary>The objects of versions in a bucket: each file of a version is an object, <c>PREFIX/VERSION/FILE</c>.</summary>
internal sealed class VersionObjects
{
    /// <summary>
    /// An object that a version has while it is written or removed. Without it, what lies in the bucket is left alone: it may be somebody else's.
    /// </summary>
    private const string MarkName = ".unfinished";

    private readonly IBucket _bucket;
    private readonly ObjectTransfer _transfer;
    private readonly string _prefix;

    /// <param name="bucket">The bucket.</param>
    /// <param name="transfer">Reads from the bucket.</param>
    /// <param name="prefix">What keys begin with. Empty for nothing.</param>
    public VersionObjects(IBucket bucket, ObjectTransfer transfer, string prefix)
    {
        _bucket = bucket;
        _transfer = transfer;
        _prefix = prefix.Length == 0 ? "" : prefix + "/";
    }

    /// <summary>The key of a file of a version.</summary>
    public string Key(string version, string file) => $"{_prefix}{version}/{file}";

    /// <summary>Marks a version as one that is being written or removed.</summary>
    public Task MarkAsync(string version, CancellationToken cancellationToken) =>
        _bucket.TryPutNewAsync(Key(version, MarkName), ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>Takes the mark off a version that was written.</summary>
    public Task UnmarkAsync(string version, CancellationToken cancellationToken) => _bucket.DeleteAsync(Key(version, MarkName), cancellationToken);

    /// <summary>Reads the manifest of a version; null where there is none.</summary>
    /// <exception cref="ArtifactException">It breaks a rule, or is that of another version.</exception>
    public async Task<ArtifactManifest?> FindManifestAsync(string version, CancellationToken cancellationToken) =>
        await FindManifestTextAsync(version, cancellationToken).ConfigureAwait(false) is { } json ? Parse(json, version) : null;

    /// <summary>Reads the text of the manifest of a version; null where there is none.</summary>
    public Task<string?> FindManifestTextAsync(string version, CancellationToken cancellationToken) =>
        _transfer.ReadTextAsync(Key(version, ArtifactFiles.Manifest), ArtifactManifest.MaxBytes, cancellationToken);

    /// <summary>Reads a manifest and requires that it is that of a version.</summary>
    /// <exception cref="ArtifactException">It breaks a rule, or is that of another version.</exception>
    public static ArtifactManifest Parse(string json, string version)
    {
        var manifest = ArtifactManifest.Parse(json);
        return manifest.Version == version
            ? manifest
            : throw new ArtifactException(ArtifactFiles.Manifest, $"is that of version \"{manifest.Version}\", but lies in the place of \"{version}\"");
    }

    /// <summary>Requires that the bucket can be listed.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await foreach (StoredObject _ in _bucket.ListAsync(_prefix, cancellationToken).ConfigureAwait(false))
        {
            return;
        }
    }

    /// <summary>The versions that have a manifest.</summary>
    public async Task<IEnumerable<string>> FinishedAsync(CancellationToken cancellationToken) =>
        (await GroupAsync(_prefix, cancellationToken).ConfigureAwait(false)).Where(v => Has(v, ArtifactFiles.Manifest)).Select(v => v.Key);

    /// <summary>The marked versions that have no manifest and of which nothing was written since a moment.</summary>
    public async Task<IEnumerable<string>> UnfinishedAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        (await GroupAsync(_prefix, cancellationToken).ConfigureAwait(false))
            .Where(v => Has(v, MarkName) && !Has(v, ArtifactFiles.Manifest) && v.Value.All(o => o.ChangedAt < since)).Select(v => v.Key);

    /// <summary>Deletes the objects of a version, the manifest first and the mark last.</summary>
    public async Task DeleteAsync(string version, CancellationToken cancellationToken)
    {
        string mark = Key(version, MarkName);
        await _bucket.DeleteAsync(Key(version, ArtifactFiles.Manifest), cancellationToken).ConfigureAwait(false);
        Dictionary<string, List<StoredObject>> found = await GroupAsync(Key(version, ""), cancellationToken).ConfigureAwait(false);
        foreach (string key in found.Values.SelectMany(v => v).Select(o => o.Key).Where(k => k != mark).Append(mark))
        {
            await _bucket.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Has(KeyValuePair<string, List<StoredObject>> version, string file)
    {
        string key = Key(version.Key, file);
        return version.Value.Any(o => o.Key == key);
    }

    /// <summary>The objects under a prefix by version. Keys that cannot be of a version are left out.</summary>
    private async Task<Dictionary<string, List<StoredObject>>> GroupAsync(string prefix, CancellationToken cancellationToken)
    {
        Dictionary<string, List<StoredObject>> versions = [];
        await foreach (StoredObject stored in _bucket.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
        {
            string rest = stored.Key[_prefix.Length..];
            int end = rest.IndexOf('/', StringComparison.Ordinal);
            if (end > 0 && VersionNames.IsOne(rest[..end]))
            {
                if (!versions.TryGetValue(rest[..end], out List<StoredObject>? objects))
                {
                    versions.Add(rest[..end], objects = []);
                }

                objects.Add(stored);
            }
        }

        return versions;
    }
}
