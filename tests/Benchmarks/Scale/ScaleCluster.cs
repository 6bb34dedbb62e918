using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.Storage.Artifacts;
using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.Scale;

/// <summary>Silos on one PostgreSQL database, and as many gateways, each a process, that serve a shop.</summary>
internal sealed class ScaleCluster : IDisposable
{
    private const int Chunk = 1_000;
    private const int Connections = 32;
    private const string SentMessages = "orleans_messaging_sent_messages_size_bytes_count";
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly PostgresServer _database;
    private readonly string _data = Directory.CreateTempSubdirectory("scale-").FullName;
    private readonly List<ServerProcess> _silos = [];
    private readonly List<ServerProcess> _gateways = [];

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    private ScaleCluster(PostgresServer database) => _database = database;

    /// <summary>The programs that take part, as folders of <c>src</c>.</summary>
    public static IReadOnlyList<string> Programs { get; } = ["Silo", "Gateway"];

    /// <summary>The number of silos.</summary>
    public int Count => _silos.Count;

    /// <summary>Starts a cluster, fills it with the shop and waits until every gateway ranks with the model.</summary>
    /// <param name="repository">The folder of the source tree, in which the programs are built.</param>
    /// <param name="shop">The shop.</param>
    /// <param name="silos">The number of silos.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="InvalidOperationException">There is no PostgreSQL here, or a process has stopped.</exception>
    public static async Task<ScaleCluster> StartAsync(string repository, BenchmarkShop shop, int silos, CancellationToken cancellationToken)
    {
        PostgresServer database = PostgresServer.TryStart(out string whyNot) ?? throw new InvalidOperationException(whyNot);
        var cluster = new ScaleCluster(database);
        try
        {
            string connection = database.CreateDatabase();
            for (int i = 0; i < silos; i++)
            {
                cluster._silos.Add(StartSilo(repository, shop, cluster._data, connection, i));
                cluster._gateways.Add(StartGateway(repository, connection, i));
            }

            await cluster.FillAsync(shop, cancellationToken).ConfigureAwait(false);
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Sends requests at a rate per silo, the same share to each gateway.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="rate">Requests per second for each silo.</param>
    /// <param name="length">How long they are sent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<LoadResult> LoadAsync(IRequestSource requests, int rate, TimeSpan length, CancellationToken cancellationToken)
    {
        LoadResult[] loads = await Task.WhenAll(
            _gateways.Select(g => OpenLoop.RunAsync(g.Port, requests, rate, length, cancellationToken, Connections))).ConfigureAwait(false);
        return LoadResult.Sum(loads) with { Elapsed = loads.Max(l => l.Elapsed) };
    }

    /// <summary>Reads what all processes have used so far.</summary>
    public async Task<ScaleUse> ReadAsync(CancellationToken cancellationToken)
    {
        double messages = 0;
        double calls = 0;
        foreach (ServerProcess silo in _silos)
        {
            string page = await PageAsync(silo, cancellationToken).ConfigureAwait(false);
            messages += MetricsPage.Sum(page, SentMessages);
            calls += MetricsPage.Sum(page, "orleans_messaging_processing_dispatcher_processed_total", "Direction=\"Request\"");
        }

        foreach (ServerProcess gateway in _gateways)
        {
            messages += MetricsPage.Sum(await PageAsync(gateway, cancellationToken).ConfigureAwait(false), SentMessages);
        }

        return new(
            Stopwatch.GetElapsedTime(0),
            _silos.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.ProcessorTime),
            _gateways.Aggregate(TimeSpan.Zero, (sum, g) => sum + g.ProcessorTime),
            messages,
            calls);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ServerProcess process in _gateways.Concat(_silos))
        {
            process.Dispose();
        }

        _http.Dispose();
        _database.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static ServerProcess StartSilo(string repository, BenchmarkShop shop, string data, string connection, int index)
    {
        int port = ServerProcess.FreePort();
        return ServerProcess.Start(
            $"silo {index}",
            Program(repository, "Silo"),
            port,
            [
                "--Shop:SchemaFile", Path.Combine(shop.Dataset, "schema.json"),
                "--Silo:DataFolder", data,
                "--Silo:Backend", "PostgreSql",
                "--Silo:ConnectionString", connection,
                "--Silo:AdvertisedAddress", "127.0.0.1",
                "--Silo:SiloPort", Text(ServerProcess.FreePort()),
                "--Silo:GatewayPort", Text(ServerProcess.FreePort()),
                "--Scoring:Workers", "1",
                "--Monitoring:Urls", $"http://127.0.0.1:{port}",
            ],
            new Dictionary<string, string>());
    }

    private static ServerProcess StartGateway(string repository, string connection, int index)
    {
        int port = ServerProcess.FreePort();
        return ServerProcess.Start(
            $"gateway {index}",
            Program(repository, "Gateway"),
            port,
            ["--urls", $"http://127.0.0.1:{port}", "--Cluster:Membership", "PostgreSql", "--Cluster:ConnectionString", connection],
            new Dictionary<string, string>());
    }

    private static string Program(string repository, string program) =>
        Path.Combine(repository, "src", program, "bin", "Release", "net10.0", $"DinOrleans.{program}.dll");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Waits for the gateways, puts the shop's items and events in, and publishes its version.</summary>
    private async Task FillAsync(BenchmarkShop shop, CancellationToken cancellationToken)
    {
        foreach (ServerProcess gateway in _gateways)
        {
            await WarmUp.UntilAnswersAsync(gateway, cancellationToken).ConfigureAwait(false);
        }

        DatasetFolder dataset = DatasetFolder.Open(shop.Dataset);
        foreach (Item[] items in dataset.ReadItems().Chunk(Chunk))
        {
            await SendAsync(HttpMethod.Put, "/v1/items", new { items = items.Select(i => new { i.ItemId, i.Features }) }, cancellationToken).ConfigureAwait(false);
        }

        foreach (BehaviourEvent[] events in dataset.ReadEvents().Chunk(Chunk))
        {
            await SendAsync(
                HttpMethod.Post,
                "/v1/events",
                new { events = events.Select(e => new { e.EventId, e.UserId, e.ItemId, e.Type, e.Timestamp }) },
                cancellationToken).ConfigureAwait(false);
        }

        await new FolderArtifactStore(Path.Combine(_data, "versions")).ImportAsync(shop.Artifact, cancellationToken).ConfigureAwait(false);
        await SendAsync(HttpMethod.Post, "/v1/models", new { version = Path.GetFileName(shop.Artifact) }, cancellationToken).ConfigureAwait(false);
        foreach (ServerProcess gateway in _gateways)
        {
            await WarmUp.UntilReadyAsync(gateway, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<string> PageAsync(ServerProcess process, CancellationToken cancellationToken) =>
        _http.GetStringAsync($"http://127.0.0.1:{process.Port}/metrics", cancellationToken);

    private async Task SendAsync(HttpMethod method, string path, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{_gateways[0].Port}{path}") { Content = JsonContent.Create(body, options: Web) };
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}");
        }
    }
}
