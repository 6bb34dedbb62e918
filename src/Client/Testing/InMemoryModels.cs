using System.Collections.Concurrent;
using System.Net;

namespace DinOrleans.Client.Testing;

/// <summary>Model versions in memory, of which a published one is active at once.</summary>
public sealed class InMemoryModels : IModels
{
    private readonly ConcurrentDictionary<string, string> _uploaded = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ModelVersion> _versions = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private volatile string _active = "in-memory";

    internal InMemoryModels(TimeProvider time) => _time = time;

    /// <summary>The version that rankings name.</summary>
    public string Active => _active;

    /// <summary>The folders of the versions that were uploaded, by their names.</summary>
    public IReadOnlyDictionary<string, string> Uploaded => _uploaded;

    /// <inheritdoc/>
    public Task<ModelRegistry> GetAsync(CancellationToken cancellationToken = default) => Task.FromResult(new ModelRegistry
    {
        Active = _active,
        Versions = [.. _versions.Values.OrderByDescending(v => v.PublishedAt)],
        Silos = [],
    });

    /// <inheritdoc/>
    public Task<ModelOrigin?> GetAsync(string version, CancellationToken cancellationToken = default) => Task.FromResult(
        _versions.TryGetValue(version, out ModelVersion? found) ? new ModelOrigin { Version = version, Kind = found.Kind, CreatedAt = found.PublishedAt } : null);

    /// <inheritdoc/>
    public Task<ModelRegistry> PublishAsync(string version, bool rollOut = true, CancellationToken cancellationToken = default)
    {
        _versions.TryAdd(version, new(version, "din", _time.GetUtcNow(), new Dictionary<string, double>(), ScoresAreProbabilities: false, RefusedBecause: null));
        _active = rollOut ? version : _active;
        return GetAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ModelRegistry> ActivateAsync(string version, CancellationToken cancellationToken = default)
    {
        if (!_versions.ContainsKey(version))
        {
            throw new DinOrleansException($"POST /v1/models/{version}/activate: the version is not published", HttpStatusCode.BadRequest, [new("version", "must be a published version")]);
        }

        _active = version;
        return GetAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task UploadAsync(string version, string folder, IProgress<UploadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        long total = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        progress?.Report(new(total, total));
        _uploaded[version] = folder;
        return Task.CompletedTask;
    }
}
