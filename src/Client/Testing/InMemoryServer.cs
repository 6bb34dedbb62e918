namespace DinOrleans.Client.Testing;

/// <summary>The state of a server in memory, which has no silos and no settings.</summary>
public sealed class InMemoryServer : IServer
{
    private readonly InMemoryEvents _events;
    private readonly InMemoryModels _models;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _since;

    internal InMemoryServer(InMemoryEvents events, InMemoryModels models, TimeProvider time)
    {
        (_events, _models, _time) = (events, models, time);
        _since = time.GetUtcNow();
    }

    /// <summary>The schema that it tells; one with the event type "click" where a test sets no other.</summary>
    public Schema Schema { get; set; } = new() { EventTypes = ["click"], ItemFeatures = [], UserFeatures = [], ContextFeatures = [] };

    /// <inheritdoc/>
    public Task<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => Task.FromResult(Schema);

    /// <inheritdoc/>
    public Task<Overview> GetOverviewAsync(CancellationToken cancellationToken = default) => Task.FromResult(new Overview
    {
        At = _time.GetUtcNow(),
        Gateway = new(_since, [], [_events.All.Count], [], [], null, null, 0, 0),
        Model = new("model", _models.Active, Target: null, Kind: null, PublishedAt: null),
        Cluster = new(0, 0, 0, 0),
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<SiloLoad>> GetClusterAsync(CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<SiloLoad>>([]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SettingSection>> GetSettingsAsync(CancellationToken cancellationToken = default) => Task.FromResult<IReadOnlyList<SettingSection>>([]);

    /// <inheritdoc/>
    public Task<Health> GetStartupAsync(CancellationToken cancellationToken = default) => Task.FromResult(new Health("started"));

    /// <inheritdoc/>
    public Task<Health> GetLiveAsync(CancellationToken cancellationToken = default) => Task.FromResult(new Health("live"));

    /// <inheritdoc/>
    public Task<Health> GetReadyAsync(CancellationToken cancellationToken = default) => Task.FromResult(new Health("ready", "model", Writes: true));
}
