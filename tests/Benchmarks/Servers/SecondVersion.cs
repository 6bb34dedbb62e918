using System.Text.Json;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>Lets another version take part in the rankings of a running server, by an experiment over REST.</summary>
internal static class SecondVersion
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <summary>Makes a version known to a server without making it serve.</summary>
    /// <param name="server">A server that ranks with a version.</param>
    /// <param name="artifact">The folder of another version. It is copied into the server's store.</param>
    /// <param name="data">The server's data folder.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The version.</returns>
    public static async Task<string> RecordAsync(ServerProcess server, string artifact, string data, CancellationToken cancellationToken)
    {
        string version = await new Storage.Artifacts.FolderArtifactStore(Path.Combine(data, "versions")).ImportAsync(artifact, cancellationToken).ConfigureAwait(false);
        using var models = new ModelsClient(server);
        await models.SendAsync(HttpMethod.Post, "v1/models", new { version, rollOut = false }, cancellationToken).ConfigureAwait(false);
        return version;
    }

    /// <summary>Records a version and starts an experiment with it.</summary>
    /// <param name="server">A server that ranks with a version.</param>
    /// <param name="artifact">The folder of another version. It is copied into the server's store.</param>
    /// <param name="data">The server's data folder.</param>
    /// <param name="name">The name of the experiment.</param>
    /// <param name="experiment">Makes the experiment of the version, as <c>PUT /v1/experiments</c> takes it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task StartAsync(
        ServerProcess server, string artifact, string data, string name, Func<string, object> experiment, CancellationToken cancellationToken)
    {
        string version = await RecordAsync(server, artifact, data, cancellationToken).ConfigureAwait(false);
        await StartAsync(server, version, name, experiment(version), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the experiments of an earlier run, starts one with a single arm, and waits until the server has loaded the arm's version.</summary>
    /// <param name="server">A server that ranks with a version.</param>
    /// <param name="version">Another version, which the server knows.</param>
    /// <param name="name">The name of the experiment.</param>
    /// <param name="experiment">The experiment, as <c>PUT /v1/experiments</c> takes it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task StartAsync(ServerProcess server, string version, string name, object experiment, CancellationToken cancellationToken)
    {
        using var models = new ModelsClient(server);
        await StopAllAsync(models, cancellationToken).ConfigureAwait(false);
        await models.SendAsync(HttpMethod.Put, $"v1/experiments/{name}", experiment, cancellationToken).ConfigureAwait(false);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await models.AreAllAsync("loaded", version, patience.Token).ConfigureAwait(false))
        {
            await Task.Delay(Between, patience.Token).ConfigureAwait(false);
        }
    }

    private static async Task StopAllAsync(ModelsClient models, CancellationToken cancellationToken)
    {
        JsonElement all = await models.GetAsync("v1/experiments", cancellationToken).ConfigureAwait(false);
        foreach (JsonElement running in all.GetProperty("experiments").EnumerateArray().Where(e => !e.TryGetProperty("endedAt", out _)))
        {
            await models.SendAsync(HttpMethod.Post, $"v1/experiments/{running.GetProperty("name").GetString()}/stop", new { }, cancellationToken).ConfigureAwait(false);
        }
    }
}
