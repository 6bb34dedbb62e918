using System.Globalization;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Standalone.Tests.Clustering;

/// <summary>Silos and gateways on PostgreSQL, each a process, with a model that all silos serve.</summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private const int PortsPerSilo = 3;

    private readonly PostgresServer _server;
    private readonly TinyShop _shop;
    private readonly IReadOnlyList<string> _siloSettings;
    private readonly string _database;
    private readonly IReadOnlyDictionary<string, string> _environment;

    /// <summary>Three ports of each silo, for silos, clients and probes, and then one of each gateway.</summary>
    private readonly int[] _ports;
    private readonly MemberProcess[] _silos;
    private readonly MemberProcess[] _gateways;

    private ClusterProcesses(
        PostgresServer server, TinyShop shop, int silos, int gateways, IReadOnlyList<string> siloSettings, IReadOnlyDictionary<string, string> environment)
    {
        _server = server;
        _shop = shop;
        _siloSettings = siloSettings;
        _environment = environment;
        _ports = FreePort.Take((PortsPerSilo * silos) + gateways);
        _silos = new MemberProcess[silos];
        _gateways = new MemberProcess[gateways];
        _database = server.CreateDatabase();
        Http = [.. _ports.Skip(PortsPerSilo * silos).Select(Client)];
        Probes = [.. _ports.Take(PortsPerSilo * silos).Chunk(PortsPerSilo).Select(ports => Client(ports[^1]))];
    }

    /// <summary>A client of each gateway. A request that outlives its time limit fails the test: no call may hang.</summary>
    public IReadOnlyList<HttpClient> Http { get; }

    /// <summary>A client of the probes and metrics of each silo.</summary>
    public IReadOnlyList<HttpClient> Probes { get; }

    public IReadOnlyList<string> ItemIds => _shop.ItemIds;

    /// <summary>What the processes wrote so far.</summary>
    public string Output => string.Join('\n', _silos.Concat(_gateways).Select(m => m.Output));

    /// <summary>The server of the cluster's database.</summary>
    public PostgresServer Database => _server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts all of it and waits until every gateway ranks with the model. Skips the test where there can be no PostgreSQL server.</summary>
    /// <param name="shop">The shop, which is removed with the cluster. Null for a small one.</param>
    /// <param name="siloSettings">Further arguments of the silos.</param>
    /// <param name="silos">The number of silos.</param>
    /// <param name="gateways">The number of gateways.</param>
    /// <param name="environment">Further environment variables of all processes.</param>
    public static async Task<ClusterProcesses> StartAsync(
        TinyShop? shop = null,
        IReadOnlyList<string>? siloSettings = null,
        int silos = 2,
        int gateways = 2,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        PostgresServer server = PostgresServer.TryStart(out string whyNot)!;
        Assert.SkipWhen(server is null, whyNot);
        var cluster = new ClusterProcesses(server, shop ?? new TinyShop(), silos, gateways, siloSettings ?? [], environment ?? new Dictionary<string, string>());
        try
        {
            for (int silo = 0; silo < silos; silo++)
            {
                cluster.StartSilo(silo);
            }

            for (int gateway = 0; gateway < gateways; gateway++)
            {
                cluster._gateways[gateway] = MemberProcess.Start(
                    "Gateway",
                    cluster._environment,
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
        _environment,
        [
            "--Shop:SchemaFile", Path.Combine(_shop.Dataset, "schema.json"), "--Silo:DataFolder", _shop.Data,
            "--Silo:Backend", "PostgreSql", "--Silo:ConnectionString", _database, "--Silo:AdvertisedAddress", "127.0.0.1",
            "--Silo:SiloPort", Text(_ports[PortsPerSilo * silo]), "--Silo:GatewayPort", Text(_ports[(PortsPerSilo * silo) + 1]),
            "--Monitoring:Urls", Probes[silo].BaseAddress!.ToString(), "--Scoring:Workers", "1",
            .. _siloSettings,
        ]);

    /// <summary>Asks a silo to end, as a supervisor does, starts it again, and waits until it takes grains.</summary>
    public async Task RestartSiloAsync(int silo)
    {
        await using (MemberProcess stopping = _silos[silo])
        {
            Assert.Equal(0, await stopping.TerminateAsync(Cancellation));
        }

        StartSilo(silo);
        await Eventually.BecomesAsync(
            $"silo {silo} is ready", () => ReadyAsync(Probes[silo]), answer => answer.StartsWith("OK", StringComparison.Ordinal), cancellationToken: Cancellation);
    }

    /// <summary>Starts a training service of the cluster.</summary>
    public MemberProcess StartTraining(IReadOnlyList<string> settings) => MemberProcess.Start(
        "Training",
        _environment,
        ["--Cluster:Membership", "PostgreSql", "--Cluster:ConnectionString", _database, "--TrainingProcess:DataFolder", _shop.Data, .. settings]);

    /// <summary>Puts the items and events of the shop's dataset into the cluster.</summary>
    public Task LoadAsync() => DatasetUpload.SendAsync(Http[0], _shop.Dataset, Cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (MemberProcess member in _gateways.Concat(_silos).Where(m => m is not null))
        {
            await member.DisposeAsync();
        }

        foreach (HttpClient http in Http.Concat(Probes))
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
        return Enumerable.Range(0, _silos.Length).Single(silo => _ports[PortsPerSilo * silo] == address.Endpoint.Port);
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
        builder.UseOrleansClient(client => client.UseLocalhostClustering(_ports[1], "dinorleans", "dinorleans").KeepTrying());
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

    private static HttpClient Client(int port) => new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
