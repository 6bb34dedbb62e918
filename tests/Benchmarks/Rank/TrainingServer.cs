using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>Our server with a training under way during its rounds. Between them the whole process is paused, so that it takes nothing from others.</summary>
/// <param name="server">The server, whose settings must make trainings that outlast the rounds.</param>
internal sealed class TrainingServer(StandaloneServer server) : IContestant
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly Uri Trainings = new("v1/trainings", UriKind.Relative);

    public string Name => server.Name;

    /// <summary>Settings of a server whose training outlasts any rounds.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["""Training:Options={"din":{"training":{"epochs":1000,"patience":1000}}}"""];

    public Task BuildAsync(CancellationToken cancellationToken) => server.BuildAsync(cancellationToken);

    public ServerProcess Start(RankShape shape) => server.Start(shape);

    /// <summary>Asks for a training and waits until it takes steps. One that an earlier run has left is gone on with.</summary>
    public async Task SetUpAsync(ServerProcess process, RankShape shape, CancellationToken cancellationToken)
    {
        using HttpClient http = Http(process);
        using HttpResponseMessage answer = await http.PostAsJsonAsync(Trainings, new { reason = "benchmark" }, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await IsTrainingAsync(http, patience.Token).ConfigureAwait(false))
        {
            await Task.Delay(Between, patience.Token).ConfigureAwait(false);
        }

        process.Pause();
    }

    /// <summary>Lets the server go on, and waits until it has done what fell due while it was paused, which is not what a training costs.</summary>
    public Task BeginRoundAsync(ServerProcess process, CancellationToken cancellationToken)
    {
        process.Resume();
        return Task.Delay(AfterPause, cancellationToken);
    }

    public async Task EndRoundAsync(ServerProcess process, CancellationToken cancellationToken)
    {
        using HttpClient http = Http(process);
        if (!await IsTrainingAsync(http, cancellationToken).ConfigureAwait(false))
        {
            throw new InvalidOperationException($"The training of {Name} ended before the round did: {process.Output}");
        }

        process.Pause();
    }

    private static HttpClient Http(ServerProcess process) => new() { BaseAddress = new Uri($"http://127.0.0.1:{process.Port}/") };

    private static async Task<bool> IsTrainingAsync(HttpClient http, CancellationToken cancellationToken)
    {
        JsonElement answer = await http.GetFromJsonAsync<JsonElement>(Trainings, cancellationToken).ConfigureAwait(false);
        return answer.GetProperty("trainings").EnumerateArray().Any(
            t => t.GetProperty("state").GetString() == "running" && t.TryGetProperty("progress", out JsonElement progress) && progress.ValueKind == JsonValueKind.Object);
    }
}
