using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;

namespace DinOrleans.Benchmarks.Upgrade;

/// <summary>Silos and gateways on PostgreSQL, each a process that may come from another source tree.</summary>
/// <param name="database">The connection string of an empty database.</param>
/// <param name="data">The data folder that the silos share.</param>
/// <param name="shop">The shop.</param>
/// <param name="silos">The number of silos.</param>
internal sealed class UpgradeCluster(string database, string data, BenchmarkShop shop, int silos) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly (int Silo, int Clients, int Probes)[] _ports =
        [.. Enumerable.Range(0, silos).Select(_ => (ServerProcess.FreePort(), ServerProcess.FreePort(), ServerProcess.FreePort()))];

    private readonly ServerProcess?[] _silos = new ServerProcess?[silos];
    private readonly List<ServerProcess> _gateways = [];

    /// <summary>Builds the programs of a source tree.</summary>
    public static async Task BuildAsync(string repository, CancellationToken cancellationToken)
    {
        foreach (string program in (string[])["Silo", "Gateway"])
        {
            await DotnetBuild.RunAsync(Path.Combine(repository, "src", program), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Starts a silo of a source tree, and waits until it is ready.</summary>
    public async Task StartSiloAsync(int silo, string repository, CancellationToken cancellationToken)
    {
        (int siloPort, int clients, int probes) = _ports[silo];
        ServerProcess started = Start("Silo", repository, probes,
        [
            "--Shop:SchemaFile", Path.Combine(shop.Dataset, "schema.json"), "--Silo:DataFolder", data, "--Silo:Backend", "PostgreSql",
            "--Silo:ConnectionString", database, "--Silo:AdvertisedAddress", "127.0.0.1", "--Silo:SiloPort", Text(siloPort), "--Silo:GatewayPort", Text(clients),
            "--Monitoring:Urls", $"http://127.0.0.1:{Text(probes)}", "--Scoring:Workers", "1",
        ]);
        _silos[silo] = started;
        await WaitAsync(started, _ => true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks a silo to end, and waits until it has.</summary>
    public async Task StopSiloAsync(int silo, CancellationToken cancellationToken)
    {
        await _silos[silo]!.InterruptAsync(cancellationToken).ConfigureAwait(false);
        _silos[silo]!.Dispose();
    }

    /// <summary>Starts a gateway of a source tree, and waits until it can have rankings answered.</summary>
    /// <param name="repository">The source tree.</param>
    /// <param name="source">What the rankings must be by, "popularity" or "model"; null for any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ServerProcess> StartGatewayAsync(string repository, string? source, CancellationToken cancellationToken)
    {
        int port = ServerProcess.FreePort();
        ServerProcess gateway = Start(
            "Gateway", repository, port, ["--urls", $"http://127.0.0.1:{Text(port)}", "--Cluster:Membership", "PostgreSql", "--Cluster:ConnectionString", database]);
        _gateways.Add(gateway);
        await WaitAsync(gateway, body => source is null || body.Contains($"\"{source}\"", StringComparison.Ordinal), cancellationToken).ConfigureAwait(false);
        return gateway;
    }

    /// <summary>Puts the shop's items and events into the cluster, publishes its version, and waits until it serves.</summary>
    public async Task LoadAsync(ServerProcess gateway, CancellationToken cancellationToken)
    {
        using HttpClient http = Http(gateway);
        DatasetFolder dataset = DatasetFolder.Open(shop.Dataset);
        foreach (Item[] items in dataset.ReadItems().Chunk(1_000))
        {
            await SendAsync(http, HttpMethod.Put, "v1/items", new { items = items.Select(i => new { itemId = i.ItemId, features = i.Features }) }, cancellationToken).ConfigureAwait(false);
        }

        foreach (BehaviourEvent[] events in dataset.ReadEvents().Chunk(1_000))
        {
            var body = new { events = events.Select(e => new { e.EventId, e.UserId, e.ItemId, e.Type, e.Timestamp }) };
            await SendAsync(http, HttpMethod.Post, "v1/events", body, cancellationToken).ConfigureAwait(false);
        }

        string version = await new Storage.Artifacts.FolderArtifactStore(Path.Combine(data, "versions")).ImportAsync(shop.Artifact, cancellationToken).ConfigureAwait(false);
        await SendAsync(http, HttpMethod.Post, "v1/models", new { version }, cancellationToken).ConfigureAwait(false);
        await WaitAsync(gateway, body => body.Contains("\"model\"", StringComparison.Ordinal), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gateways.ForEach(g => g.Dispose());
        foreach (ServerProcess? silo in _silos)
        {
            silo?.Dispose();
        }
    }

    private static ServerProcess Start(string program, string repository, int port, IEnumerable<string> arguments) => ServerProcess.Start(
        program,
        Path.Combine(repository, "src", program, "bin", "Release", "net10.0", $"DinOrleans.{program}.dll"),
        port,
        arguments,
        new Dictionary<string, string>());

    private static HttpClient Http(ServerProcess server) => new() { BaseAddress = new Uri($"http://127.0.0.1:{Text(server.Port)}/"), Timeout = Patience };

    private static async Task SendAsync(HttpClient http, HttpMethod method, string path, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Web) };
        using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{method} {path} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}");
        }
    }

    private static async Task WaitAsync(ServerProcess server, Func<string, bool> condition, CancellationToken cancellationToken)
    {
        using HttpClient http = Http(server);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await IsReadyAsync(http, condition, patience.Token).ConfigureAwait(false))
        {
            if (server.HasExited)
            {
                throw new InvalidOperationException($"{server.Name} stopped:\n{server.Output}");
            }

            await Task.Delay(Between, patience.Token).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Func<string, bool> condition, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken).ConfigureAwait(false);
            return answer.IsSuccessStatusCode && condition(await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
