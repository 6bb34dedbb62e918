using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Standalone.Tests.Clustering;

/// <summary>Two silos and two gateways on PostgreSQL, each a process, with a model that both silos serve.</summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private const int Silos = 2;
    private const int Gateways = 2;

    private readonly PostgresServer _server;
    private readonly TinyShop _shop;
    private readonly IReadOnlyList<string> _siloSettings;
    private readonly string _database;
    private readonly int[] _ports = FreePort.Take((2 * Silos) + Gateways);
    private readonly MemberProcess[] _silos = new MemberProcess[Silos];
    private readonly MemberProcess[] _gateways = new MemberProcess[Gateways];

    private ClusterProcesses(PostgresServer server, TinyShop shop, IReadOnlyList<string> siloSettings)
    {
        _server = server;
        _shop = shop;
        _siloSettings = siloSettings;
        _database = server.CreateDatabase();
        Http = [.. Enumerable.Range(0, Gateways).Select(n => new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{_ports[(2 * Silos) + n]}"),
            Timeout = TimeSpan.FromSeconds(30),
        })];
    }

    /// <summary>A client of each gateway. A request that outlives its time limit fails the test: no call may hang.</summary>
    public IReadOnlyList<HttpClient> Http { get; }

    public IReadOnlyList<string> ItemIds => _shop.ItemIds;

    /// <summary>What the processes wrote so far.</summary>
    public string Output => string.Join('\n', _silos.Concat(_gateways).Select(m => m.Output));

    /// <summary>The server of the cluster's database.</summary>
    public PostgresServer Database => _server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts all of it and waits until both gateways rank with the model. Skips the test where there can be no PostgreSQL server.</summary>
    /// <param name="shop">The shop, which is removed with the cluster. Null for a small one.</param>
    /// <param name="siloSettings">Further arguments of the silos.</param>
    public static async Task<ClusterProcesses> StartAsync(TinyShop? shop = null, IReadOnlyList<string>? siloSettings = null)
    {
        PostgresServer server = PostgresServer.TryStart(out string whyNot)!;
        Assert.SkipWhen(server is null, whyNot);
        var cluster = new ClusterProcesses(server, shop ?? new TinyShop(), siloSettings ?? []);
        try
        {
            for (int silo = 0; silo < Silos; silo++)
            {
                cluster.StartSilo(silo);
            }

            for (int gateway = 0; gateway < Gateways; gateway++)
            {
                cluster._gateways[gateway] = MemberProcess.Start(
                    "Gateway",
                    ["--urls", cluster.Http[gateway].BaseAddress!.ToString(), "--Cluster:Membership", "PostgreSql", "--Cluster:ConnectionString", cluster._database]);
            }

            await cluster.WaitUntilReadyAsync("popularity");
            await cluster.PublishAsync();
            await cluster.WaitUntilReadyAsync("model");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public MemberProcess Silo(int silo) => _silos[silo];

    /// <summary>Starts a silo, or starts it again after it was killed, on the same ports.</summary>
    public void StartSilo(int silo) => _silos[silo] = MemberProcess.Start(
        "Silo",
        [
            "--Shop:SchemaFile", Path.Combine(_shop.Dataset, "schema.json"), "--Silo:DataFolder", _shop.Data,
            "--Silo:Backend", "PostgreSql", "--Silo:ConnectionString", _database, "--Silo:AdvertisedAddress", "127.0.0.1",
            "--Silo:SiloPort", Text(_ports[2 * silo]), "--Silo:GatewayPort", Text(_ports[(2 * silo) + 1]), "--Scoring:Workers", "1",
            .. _siloSettings,
        ]);

    /// <summary>Starts a training service of the cluster.</summary>
    public MemberProcess StartTraining(IReadOnlyList<string> settings) => MemberProcess.Start(
        "Training",
        ["--Cluster:Membership", "PostgreSql", "--Cluster:ConnectionString", _database, "--TrainingProcess:DataFolder", _shop.Data, .. settings]);

    /// <summary>Puts the items and events of the shop's dataset into the cluster.</summary>
    public async Task LoadAsync()
    {
        DatasetFolder dataset = DatasetFolder.Open(_shop.Dataset);
        foreach (Item[] items in dataset.ReadItems().Chunk(1_000))
        {
            var body = new { items = items.Select(i => new { itemId = i.ItemId, features = i.Features }) };
            using HttpResponseMessage answer = await Http[0].PutAsJsonAsync("/v1/items", body, Cancellation);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        }

        foreach (BehaviourEvent[] events in dataset.ReadEvents().Chunk(1_000))
        {
            var body = new { events = events.Select(e => new { e.EventId, e.UserId, e.ItemId, e.Type, e.Timestamp, e.RankingId, e.Context }) };
            using HttpResponseMessage answer = await Http[0].PostAsJsonAsync("/v1/events", body, JsonSerializerOptions.Web, Cancellation);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (MemberProcess member in _gateways.Concat(_silos).Where(m => m is not null))
        {
            await member.DisposeAsync();
        }

        foreach (HttpClient http in Http)
        {
            http.Dispose();
        }

        _server.Dispose();
        _shop.Dispose();
    }

    /// <summary>How many users each silo holds in memory.</summary>
    public Task<int[]> UsersPerSiloAsync() => AskAsync(async grains =>
    {
        DetailedGrainStatistic[] held = await grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return held.Where(g => g.GrainType.Contains("UserGrain", StringComparison.Ordinal)).CountBy(g => g.SiloAddress).Select(c => c.Value).ToArray();
    });

    /// <summary>The number of the silo that has a grain of which there is one in the cluster.</summary>
    /// <param name="type">The name of the grain's class.</param>
    public Task<int> SiloOfAsync(string type) => AskAsync(async grains =>
    {
        DetailedGrainStatistic[] held = await grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        SiloAddress address = held.Single(g => g.GrainType.Contains(type, StringComparison.Ordinal)).SiloAddress;
        return Enumerable.Range(0, Silos).Single(silo => _ports[2 * silo] == address.Endpoint.Port);
    });

    /// <summary>An experiment as the grains have it, with its salt.</summary>
    public Task<ExperimentRun> ExperimentAsync(string name) =>
        AskAsync(async grains => (await grains.GetGrain<IExperimentsGrain>(0).GetAsync(name, Cancellation))!.Run);

    /// <summary>Writes another version, and puts it into the artifact store.</summary>
    /// <returns>Its name.</returns>
    public Task<string> ImportVersionAsync(int seed) => ImportAsync(_shop.WriteVersion(seed));

    private Task<string> ImportAsync(string folder) =>
        new Storage.Artifacts.FolderArtifactStore(Path.Combine(_shop.Data, "versions")).ImportAsync(folder, Cancellation);

    /// <summary>Publishes as another service does, through the grains.</summary>
    private async Task PublishAsync()
    {
        await ImportAsync(_shop.Artifact);
        await AskAsync(async grains =>
        {
            await grains.GetGrain<IModelRegistryGrain>(0).PublishAsync(Path.GetFileName(_shop.Artifact), Cancellation);
            return true;
        });
    }

    private async Task<T> AskAsync<T>(Func<IGrainFactory, Task<T>> ask)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client.UseLocalhostClustering(_ports[1], "dinorleans", "dinorleans"));
        using IHost host = builder.Build();
        await host.StartAsync(Cancellation);
        T answer = await ask(host.Services.GetRequiredService<IGrainFactory>());
        await host.StopAsync(Cancellation);
        return answer;
    }

    private async Task WaitUntilReadyAsync(string source)
    {
        foreach (HttpClient http in Http)
        {
            await Eventually.BecomesAsync(
                $"{http.BaseAddress} ranks by {source}",
                () => ReadyAsync(http),
                answer => answer.Contains($"\"{source}\"", StringComparison.Ordinal),
                cancellationToken: Cancellation);
        }
    }

    /// <exception cref="InvalidOperationException">A process has ended.</exception>
    private async Task<string> ReadyAsync(HttpClient http)
    {
        if (_gateways.Concat(_silos).FirstOrDefault(m => m.HasExited) is { } ended)
        {
            throw new InvalidOperationException(ended.Output);
        }

        try
        {
            using HttpResponseMessage answer = await http.GetAsync("/health/ready", Cancellation);
            return $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancellation)}";
        }
        catch (HttpRequestException e)
        {
            // Not listening yet.
            return e.Message;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
