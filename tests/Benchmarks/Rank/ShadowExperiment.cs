using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>Lets another version score a share of the rankings of a server in the shadow.</summary>
internal static class ShadowExperiment
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <summary>Starts the shadow and waits until the server has loaded its version.</summary>
    /// <param name="server">A server that ranks with a version.</param>
    /// <param name="artifact">The folder of another version. It is copied into the server's store.</param>
    /// <param name="data">The server's data folder.</param>
    /// <param name="percent">The share of the users, above 0 to 100.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task StartAsync(ServerProcess server, string artifact, string data, double percent, CancellationToken cancellationToken)
    {
        string version = new Storage.Artifacts.FolderArtifactStore(Path.Combine(data, "versions")).Import(artifact);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/") };
        await SendAsync(http, HttpMethod.Post, "v1/models", new { version, rollOut = false }, cancellationToken).ConfigureAwait(false);
        await SendAsync(
            http, HttpMethod.Put, "v1/experiments/shadow", new { mode = "shadow", arms = new[] { new { name = "new", version, share = percent } } }, cancellationToken)
            .ConfigureAwait(false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await HasLoadedAsync(http, version, patience.Token).ConfigureAwait(false))
        {
            await Task.Delay(Between, patience.Token).ConfigureAwait(false);
        }
    }

    private static async Task<bool> HasLoadedAsync(HttpClient http, string version, CancellationToken cancellationToken)
    {
        JsonElement models = await http.GetFromJsonAsync<JsonElement>(new Uri("v1/models", UriKind.Relative), cancellationToken).ConfigureAwait(false);
        return models.GetProperty("silos").EnumerateArray().All(s => s.GetProperty("loaded").EnumerateArray().Any(v => v.GetString() == version));
    }

    private static async Task SendAsync(HttpClient http, HttpMethod method, string path, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{method} {path} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}");
        }
    }
}
