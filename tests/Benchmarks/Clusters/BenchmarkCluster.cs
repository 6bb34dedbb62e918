using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.Storage.Artifacts;
using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.Clusters;

/// <summary>Silos and gateways on a PostgreSQL server of their own. Each is a process that may come from another source tree.</summary>
internal sealed class BenchmarkCluster : IDisposable
{
    private const int Chunk = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private readonly BenchmarkShop _shop;
    private readonly PostgresServer _server;
    private readonly string _data = Directory.CreateTempSubdirectory("cluster-").FullName;
    private readonly (int Silo, int Clients, int Probes)[] _ports;
    private readonly ServerProcess?[] _silos;
    private readonly List<ServerProcess> _gateways = [];

    /// <param name="shop">The shop.</param>
    /// <param name="silos">The number of silos, none of which has been started.</param>
    /// <exception cref="InvalidOperationException">There is no PostgreSQL here.</exception>
    public BenchmarkCluster(BenchmarkShop shop, int silos)
    {
        _shop = shop;
        _silos = new ServerProcess?[silos];
        _ports = [.. Enumerable.Range(0, silos).Select(_ => (FreePort.Take(1)[0], FreePort.Take(1)[0], FreePort.Take(1)[0]))];
        _server = PostgresServer.TryStart(out string whyNot) ?? throw new InvalidOperationException(whyNot);
        Database = _server.CreateDatabase();
    }

    /// <summary>The connection string of the database.</summary>
    public string Database { get; }

    /// <summary>The silos that run. Their ports are those of their metrics.</summary>
    public IEnumerable<ServerProcess> Silos => _silos.OfType<ServerProcess>();

    /// <summary>The gateways.</summary>
    public IReadOnlyList<ServerProcess> Gateways => _gateways;

    /// <summary>Starts a silo of a source tree, and waits until it is ready.</summary>
    public async Task StartSiloAsync(int silo, ClusterPrograms programs, CancellationToken cancellationToken)
    {
        (int siloPort, int clients, int probes) = _ports[silo];
        ServerProcess started = Start("Silo", programs, probes,
        [
            "--Shop:SchemaFile", Path.Combine(_shop.Dataset, "schema.json"), "--Silo:DataFolder", _data, "--Silo:Backend", "PostgreSql",
            "--Silo:ConnectionString", Database, "--Silo:AdvertisedAddress", "127.0.0.1", "--Silo:SiloPort", Text(siloPort), "--Silo:GatewayPort", Text(clients),
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
        _silos[silo] = null;
    }

    /// <summary>Starts a gateway of a source tree, and waits until it can have rankings answered.</summary>
    /// <param name="programs">The programs of the source tree.</param>
    /// <param name="source">What the rankings must be by, "popularity" or "model"; null for any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ServerProcess> StartGatewayAsync(ClusterPrograms programs, string? source, CancellationToken cancellationToken)
    {
        int port = FreePort.Take(1)[0];
        ServerProcess gateway = Start(
            "Gateway", programs, port, ["--urls", $"http://127.0.0.1:{Text(port)}", "--Cluster:Membership", "PostgreSql", "--Cluster:ConnectionString", Database]);
        _gateways.Add(gateway);
        await WaitAsync(gateway, body => source is null || IsBy(source, body), cancellationToken).ConfigureAwait(false);
        return gateway;
    }

    /// <summary>Puts the shop's items and events into the cluster, publishes its version, and waits until every gateway ranks with it.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        using HttpClient http = Http(_gateways[0]);
        DatasetFolder dataset = DatasetFolder.Open(_shop.Dataset);
        foreach (Item[] items in dataset.ReadItems().Chunk(Chunk))
        {
            await SendAsync(http, HttpMethod.Put, "v1/items", new { items = items.Select(i => new { i.ItemId, i.Features }) }, cancellationToken).ConfigureAwait(false);
        }

        foreach (BehaviourEvent[] events in dataset.ReadEvents().Chunk(Chunk))
        {
            var body = new { events = events.Select(e => new { e.EventId, e.UserId, e.ItemId, e.Type, e.Timestamp }) };
            await SendAsync(http, HttpMethod.Post, "v1/events", body, cancellationToken).ConfigureAwait(false);
        }

        string version = await new FolderArtifactStore(Path.Combine(_data, "versions")).ImportAsync(_shop.Artifact, cancellationToken).ConfigureAwait(false);
        await SendAsync(http, HttpMethod.Post, "v1/models", new { version }, cancellationToken).ConfigureAwait(false);
        foreach (ServerProcess gateway in _gateways)
        {
            await WaitAsync(gateway, body => IsBy("model", body), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ServerProcess process in _gateways.Concat(Silos))
        {
            process.Dispose();
        }

        _server.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static bool IsBy(string source, string readiness) => readiness.Contains($"\"{source}\"", StringComparison.Ordinal);

    private static ServerProcess Start(string program, ClusterPrograms programs, int port, IEnumerable<string> arguments) => ServerProcess.Start(
        program,
        programs.PathOf(program),
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
