using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Clustering;

/// <summary>A small shop whose servers keep their data in PostgreSQL.</summary>
internal sealed class PostgresShop : IDisposable
{
    private readonly string _database;

    /// <summary>Skips the test where there can be no PostgreSQL server.</summary>
    public PostgresShop()
    {
        Server = PostgresServer.TryStart(out string whyNot)!;
        Assert.SkipWhen(Server is null, whyNot);
        _database = Server.CreateDatabase();
    }

    public PostgresServer Server { get; }

    /// <summary>The connection string of the shop's database.</summary>
    public string Database => _database;

    public TinyShop Shop { get; } = new();

    /// <summary>Starts a server that is a silo of the cluster and has a model.</summary>
    /// <param name="ports">Its ports, of REST, of silos and of grain clients.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="more">Further arguments.</param>
    public async Task<StandaloneProcess> StartAsync(int[] ports, CancellationToken cancellationToken, params IEnumerable<string> more)
    {
        StandaloneProcess server = await StandaloneProcess.StartAsync(
            ports,
            cancellationToken,
            [
                .. Shop.Arguments, "--Silo:Backend", "PostgreSql", "--Silo:ConnectionString", _database, "--Silo:AdvertisedAddress", "127.0.0.1",
                .. more,
            ]);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), cancellationToken);
        return server;
    }

    public void Dispose()
    {
        Server?.Dispose();
        Shop.Dispose();
    }
}
