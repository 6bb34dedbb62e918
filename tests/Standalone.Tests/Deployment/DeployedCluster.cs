using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using Npgsql;

namespace DinOrleans.Standalone.Tests.Deployment;

/// <summary>
/// The cluster of <c>deploy/compose.yml</c> as processes of this machine, with a second gateway: two silos and a training service on PostgreSQL. Addresses, ports
/// and paths are those of the machine. Everything else is as the files have it.
/// </summary>
internal sealed class DeployedCluster : IAsyncDisposable
{
    private const int MostPorts = 20;

    private readonly bool _isSecond;
    private readonly string _data;
    private readonly TemporaryFolder _certificates = new();
    private readonly Queue<int> _freePorts = new(FreePort.Take(MostPorts));
    private readonly Dictionary<string, int> _ports = [];
    private readonly Dictionary<string, MemberProcess> _processes = [];

    private DeployedCluster(PostgresServer server, TinyShop shop, string database, string data, bool isSecond)
    {
        Server = server;
        Shop = shop;
        Database = database;
        _data = data;
        _isSecond = isSecond;
        CertificatesScript.Run(_certificates.Path);
    }

    /// <summary>The members of the cluster in the order in which an operator restarts them.</summary>
    public static IReadOnlyList<string> Members { get; } = ["gateway-1", "gateway-2", "silo-1", "silo-2", "training"];

    /// <summary>The addresses of the REST API.</summary>
    public IReadOnlyList<Uri> Gateways { get; private set; } = [];

    public PostgresServer Server { get; }

    public TinyShop Shop { get; }

    /// <summary>The connection string of the cluster's database.</summary>
    public string Database { get; }

    /// <summary>The addresses on which the members listen.</summary>
    public IReadOnlyList<IPEndPoint> Listening => Listeners.On(_ports.Values);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts all members at once, as Compose does, and waits until each is ready. Skips the test where there can be no PostgreSQL server.</summary>
    public static async Task<DeployedCluster> StartAsync()
    {
        PostgresServer server = PostgresServer.TryStart(out string whyNot)!;
        Assert.SkipWhen(server is null, whyNot);
        Assert.SkipUnless(server.CanDump, "pg_dump and pg_restore are not installed on this machine.");
        var shop = new TinyShop();
        var cluster = new DeployedCluster(server, shop, server.CreateDatabase(), shop.Data, isSecond: false);
        await cluster.StartMembersAsync(Members);
        return cluster;
    }

    /// <summary>Starts members of another cluster on the same server, for the same shop.</summary>
    /// <param name="database">The connection string of its database.</param>
    /// <param name="data">The data folder of its silos.</param>
    /// <param name="members">Some of <see cref="Members"/>.</param>
    public async Task<DeployedCluster> StartSecondAsync(string database, string data, params IReadOnlyList<string> members)
    {
        var second = new DeployedCluster(Server, Shop, database, data, isSecond: true);
        await second.StartMembersAsync(members);
        return second;
    }

    /// <summary>A client that sends a key.</summary>
    public static HttpClient Client(Uri gateway, string key) => new()
    {
        BaseAddress = gateway,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <summary>The status of the list of versions; null where the gateway does not answer.</summary>
    public static async Task<HttpStatusCode?> StatusAsync(Uri gateway, string key)
    {
        using HttpClient http = Client(gateway, key);
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri("/v1/models", UriKind.Relative), Cancellation);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The process of a member, or of a stranger.</summary>
    public MemberProcess Process(string name) => _processes[name];

    /// <summary>Starts a silo or gateway that has all settings of the cluster and no certificate.</summary>
    /// <param name="kind">"silo" or "gateway".</param>
    public MemberProcess StartStranger(string kind) => _processes[$"strange-{kind}"] = Service($"strange-{kind}").WithoutCertificates().Start();

    /// <summary>Stops a member as a supervisor does, and starts it again.</summary>
    public async Task RestartAsync(string name)
    {
        int code = await _processes[name].TerminateAsync(Cancellation);
        Assert.True(code == 0, $"{name} ended with code {code}: {_processes[name].Output}");
        await StartAgainAsync(name);
    }

    /// <summary>Ends a member without warning, and starts it again.</summary>
    public async Task KillAsync(string name)
    {
        await _processes[name].KillAsync(Cancellation);
        await StartAgainAsync(name);
    }

    /// <summary>Asks whether a process is ready.</summary>
    /// <returns>The answer, or why there is none.</returns>
    public async Task<string> ReadinessAsync(string name)
    {
        using var http = new HttpClient { BaseAddress = Address(name) };
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancellation)}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (MemberProcess process in _processes.Values)
        {
            await process.DisposeAsync();
        }

        _certificates.Dispose();
        if (!_isSecond)
        {
            Server.Dispose();
            Shop.Dispose();
        }
    }

    private async Task StartMembersAsync(IReadOnlyList<string> members)
    {
        Gateways = [.. members.Where(m => m.StartsWith("gateway", StringComparison.Ordinal)).Select(Address)];
        try
        {
            foreach (string name in members)
            {
                Start(name);
            }

            foreach (string name in members)
            {
                await ReadyAsync(name);
            }
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private void Start(string name) => _processes[name] = Service(name).WithCertificatesIn(_certificates.Path).Start();

    private async Task StartAgainAsync(string name)
    {
        await _processes[name].DisposeAsync();
        Start(name);
        await ReadyAsync(name);
    }

    private async Task ReadyAsync(string name) => await Eventually.BecomesAsync(
        $"{name} is ready",
        async () => _processes[name].HasExited ? throw new InvalidOperationException($"{name} has ended: {_processes[name].Output}") : await ReadinessAsync(name),
        answer => answer.StartsWith("200 ", StringComparison.Ordinal),
        cancellationToken: Cancellation);

    /// <summary>The service of the compose file with the addresses, ports and paths of this machine.</summary>
    private ComposeService Service(string name)
    {
        Dictionary<string, string> variables = new() { ["POSTGRES_PASSWORD"] = "not-asked-for" };
        string address = Address(name).GetLeftPart(UriPartial.Authority);
        if (name.Contains("gateway", StringComparison.Ordinal))
        {
            return ComposeService.Read("gateway", variables).Change("Cluster:ConnectionString", OfThisMachine).Change("urls", _ => address);
        }

        if (name == "training")
        {
            return ComposeService.Read(name, variables)
                .Change("Cluster:ConnectionString", OfThisMachine)
                .Change("TrainingProcess:DataFolder", _ => _data)
                .Change("Monitoring:Urls", _ => address);
        }

        return ComposeService.Read(Members.Contains(name) ? name : "silo-2", variables)
            .Change("Silo:ConnectionString", OfThisMachine)
            .Change("Silo:DataFolder", _ => _data)
            .Change("Shop:SchemaFile", file => Path.Combine(Shop.Dataset, Path.GetFileName(file)))
            .Change("Monitoring:Urls", _ => address)
            .Add("Silo:AdvertisedAddress", "127.0.0.1")
            .Add("Silo:SiloPort", Port($"{name} for silos").ToString(CultureInfo.InvariantCulture))
            .Add("Silo:GatewayPort", Port($"{name} for clients").ToString(CultureInfo.InvariantCulture));
    }

    private string OfThisMachine(string connection)
    {
        var here = new NpgsqlConnectionStringBuilder(Database);
        return new NpgsqlConnectionStringBuilder(connection) { Host = here.Host, Port = here.Port, Database = here.Database }.ToString();
    }

    private Uri Address(string name) => new($"http://localhost:{Port(name)}");

    private int Port(string use)
    {
        if (!_ports.TryGetValue(use, out int port))
        {
            _ports[use] = port = _freePorts.Dequeue();
        }

        return port;
    }
}
