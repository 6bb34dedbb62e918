using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Durability;

/// <summary>A server of one source tree with a database of its own, both removed at the end.</summary>
internal sealed class AppendServer : IDisposable
{
    private readonly Database _database;
    private AppendServer(Database database, string data, ServerProcess process)
    {
        _database = database;
        Data = data;
        Process = process;
    }

    /// <summary>The name of the database.</summary>
    public string Log => _database.Name;

    /// <summary>Its data folder.</summary>
    public string Data { get; }

    /// <summary>The server.</summary>
    public ServerProcess Process { get; }

    /// <summary>Starts one. It may not be ready yet.</summary>
    /// <param name="tree">The name of the source tree in the table.</param>
    /// <param name="repository">The folder of the source tree, in which the server is built.</param>
    /// <param name="log">The name of the database.</param>
    /// <param name="shop">The shop that it serves.</param>
    public static AppendServer Start(string tree, string repository, string log, BenchmarkShop shop)
    {
        string data = Directory.CreateTempSubdirectory("append-").FullName;
        Database database = Database.Start(log);
        return new(database, data, StandaloneServer.Start(tree, StandaloneServer.Program(repository), data, shop, database.Settings));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Process.Dispose();
        _database.Dispose();
        Directory.Delete(Data, recursive: true);
    }
}
