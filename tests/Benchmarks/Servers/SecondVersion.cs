using System.Net.Http.Json;
using System.Text.Json;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>Lets another version take part in the rankings of a running server, by an experiment over REST.</summary>
internal static class SecondVersion
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly Uri Experiments = new("v1/experiments", UriKind.Relative);

    /// <summary>Ends the experiments of an earlier run, starts one with a single arm, and waits until the server has loaded the arm's version.</summary>
    /// <param name="server">A server that ranks with a version.</param>
    /// <param name="artifact">The folder of another version. It is copied into the server's store.</param>
    /// <param name="data">The server's data folder.</param>
    /// <param name="name">The name of the experiment.</param>
    /// <param name="experiment">Makes the experiment of the version, as <c>PUT /v1/experiments</c> takes it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task StartAsync(
        ServerProcess server, string artifact, string data, string name, Func<string, object> experiment, CancellationToken cancellationToken)
    {
        string version = await new Storage.Artifacts.FolderArtifactStore(Path.Combine(data, "versions")).ImportAsync(artifact, cancellationToken).ConfigureAwait(false);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/") };
        await StopAllAsync(http, cancellationToken).ConfigureAwait(false);
        await SendAsync(http, HttpMethod.Post, "v1/models", new { version, rollOut = false }, cancellationToken).ConfigureAwait(false);
        await SendAsync(http, HttpMethod.Put, $"v1/experiments/{name}", experiment(version), cancellationToken).ConfigureAwait(false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await HasLoadedAsync(http, version, patience.Token).ConfigureAwait(false))
        {
            await Task.Delay(Between, patience.Token).ConfigureAwait(false);
        }
    }

    private static async Task StopAllAsync(HttpClient http, CancellationToken cancellationToken)
    {
        JsonElement all = await http.GetFromJsonAsync<JsonElement>(Experiments, cancellationToken).ConfigureAwait(false);
        foreach (JsonElement running in all.GetProperty("experiments").EnumerateArray().Where(e => !e.TryGetProperty("endedAt", out _)))
        {
            await SendAsync(http, HttpMethod.Post, $"v1/experiments/{running.GetProperty("name").GetString()}/stop", new { }, cancellationToken).ConfigureAwait(false);
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
