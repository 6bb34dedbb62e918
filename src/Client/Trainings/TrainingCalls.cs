using System.Globalization;

namespace DinOrleans.Client;

/// <inheritdoc/>
internal sealed class TrainingCalls(HttpCalls calls) : ITrainings
{
    private const string Path = "v1/trainings";

    /// <inheritdoc/>
    public Task<TrainingPage> GetAsync(int limit = 20, string? after = null, CancellationToken cancellationToken = default)
    {
        string page = string.Create(CultureInfo.InvariantCulture, $"{Path}?limit={limit}");
        return calls.SendAsync(
            new HttpCall(HttpMethod.Get, after is null ? page : $"{page}&after={Uri.EscapeDataString(after)}"), ClientJson.Default.TrainingPage, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<TrainingRun> GetAsync(string id, CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Get, $"{Path}/{Uri.EscapeDataString(id)}"), ClientJson.Default.TrainingRun, cancellationToken);

    /// <inheritdoc/>
    public Task<TrainingRun> StartAsync(TrainingRequest request, CancellationToken cancellationToken = default) => calls.SendAsync(
        new HttpCall(HttpMethod.Post, Path) { IsIdempotent = false }.With(request, ClientJson.Default.TrainingRequest), ClientJson.Default.TrainingRun, cancellationToken);
}
