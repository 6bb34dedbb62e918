namespace DinOrleans.Client;

/// <inheritdoc/>
internal sealed class ExperimentCalls(HttpCalls calls) : IExperiments
{
    private const string Path = "v1/experiments";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Experiment>> GetAsync(CancellationToken cancellationToken = default) =>
        (await calls.SendAsync(new HttpCall(HttpMethod.Get, Path), ClientJson.Default.ExperimentList, cancellationToken).ConfigureAwait(false)).Experiments;

    /// <inheritdoc/>
    public Task<Experiment> GetAsync(string name, CancellationToken cancellationToken = default) => ReadAsync(new(HttpMethod.Get, Of(name)), cancellationToken);

    /// <inheritdoc/>
    public Task<Experiment> StartAsync(string name, ExperimentPlan plan, CancellationToken cancellationToken = default) =>
        ReadAsync(new HttpCall(HttpMethod.Put, Of(name)).With(plan, ClientJson.Default.ExperimentPlan), cancellationToken);

    /// <inheritdoc/>
    public Task<Experiment> PromoteAsync(string name, string? arm = null, CancellationToken cancellationToken = default) =>
        ReadAsync(new HttpCall(HttpMethod.Post, Of(name) + "/promote").With(new(arm), ClientJson.Default.PromoteBody), cancellationToken);

    /// <inheritdoc/>
    public Task<Experiment> StopAsync(string name, CancellationToken cancellationToken = default) =>
        ReadAsync(new HttpCall(HttpMethod.Post, Of(name) + "/stop").With(new(), ClientJson.Default.EmptyBody), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) => calls.SendAsync(new HttpCall(HttpMethod.Delete, Of(name)), cancellationToken);

    private Task<Experiment> ReadAsync(HttpCall call, CancellationToken cancellationToken) => calls.SendAsync(call, ClientJson.Default.Experiment, cancellationToken);

    private static string Of(string name) => $"{Path}/{Uri.EscapeDataString(name)}";
}
