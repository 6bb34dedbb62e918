using DinOrleans.Storage.Tests.Postgres;
using DinOrleans.TestMachine;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace DinOrleans.Storage.Tests.Postgres;

/// <summary>The server that the tests share; each has a database of its own. It starts with the first test that needs it.</summary>
public sealed class SharedServer : IDisposable
{
    private readonly Lazy<(PostgresServer? Server, string WhyNot)> _start = new(() => (PostgresServer.TryStart(out string whyNot), whyNot));

    /// <summary>Makes an empty database, or skips the test where there is no server.</summary>
    public string CreateDatabase()
    {
        (PostgresServer? server, string whyNot) = _start.Value;
        Assert.SkipWhen(server is null, whyNot);
        return server.CreateDatabase();
    }

    public void Dispose()
    {
        if (_start.IsValueCreated)
        {
            _start.Value.Server?.Dispose();
        }
    }
}
