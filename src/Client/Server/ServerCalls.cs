namespace DinOrleans.Client;

/// <inheritdoc/>
internal sealed class ServerCalls(HttpCalls calls) : IServer
{
    /// <inheritdoc/>
    public Task<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Get, "v1/schema"), ClientJson.Default.Schema, cancellationToken);

    /// <inheritdoc/>
    public Task<Overview> GetOverviewAsync(CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Get, "v1/overview"), ClientJson.Default.Overview, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SiloLoad>> GetClusterAsync(CancellationToken cancellationToken = default) =>
        (await calls.SendAsync(new HttpCall(HttpMethod.Get, "v1/cluster"), ClientJson.Default.SiloList, cancellationToken).ConfigureAwait(false)).Silos;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SettingSection>> GetSettingsAsync(CancellationToken cancellationToken = default) =>
        (await calls.SendAsync(new HttpCall(HttpMethod.Get, "v1/settings"), ClientJson.Default.SettingSections, cancellationToken).ConfigureAwait(false)).Sections;

    /// <inheritdoc/>
    public Task<Health> GetStartupAsync(CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Get, "health/startup") { IsOpen = true }, ClientJson.Default.Health, cancellationToken);

    /// <inheritdoc/>
    public Task<Health> GetLiveAsync(CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Get, "health/live") { IsOpen = true }, ClientJson.Default.Health, cancellationToken);

    /// <inheritdoc/>
    public Task<Health> GetReadyAsync(CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Get, "health/ready") { IsOpen = true }, ClientJson.Default.Health, cancellationToken);
}
