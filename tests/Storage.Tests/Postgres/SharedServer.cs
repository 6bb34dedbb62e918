using DinOrleans.Storage.Tests.Postgres;
using DinOrleans.TestMachine;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace DinOrleans.Storage.Tests.Postgres;

/// <summary>The server that the tests share; each has a database of its own.</summary>
public sealed class SharedServer : IDisposable
{
    private readonly string _whyNot;
    private readonly PostgresServer? _server;

    public SharedServer() => _server = PostgresServer.TryStart(out _whyNot);

    /// <summary>Makes an empty database, or skips the test where there is no server.</summary>
    public string CreateDatabase()
    {
        Assert.SkipWhen(_server is null, _whyNot);
        return _server.CreateDatabase();
    }

    public void Dispose() => _server?.Dispose();
}
