using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.Durability;

/// <summary>The database of a server under measurement: SQLite in its data folder, or a PostgreSQL server started for it.</summary>
internal sealed class Database : IDisposable
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";

    private readonly PostgresServer? _postgres;

    private Database(string name, PostgresServer? postgres)
    {
        Name = name;
        _postgres = postgres;
        ConnectionString = postgres?.CreateDatabase();
        Settings =
        [
            "Training:Enabled=false",
            .. postgres is null ? (string[])[] : ["Silo:Backend=PostgreSql", "Silo:ConnectionString=" + ConnectionString],
        ];
    }

    public string Name { get; }

    /// <summary>The Npgsql connection string; null for SQLite.</summary>
    public string? ConnectionString { get; }

    /// <summary>Configuration of the server that uses it. It trains nothing, because the load would start a training, which would be measured with it.</summary>
    public IReadOnlyList<string> Settings { get; }

    /// <summary>Starts one.</summary>
    /// <param name="name"><see cref="Sqlite"/> or <see cref="Postgres"/>.</param>
    /// <exception cref="InvalidOperationException">This machine cannot have it.</exception>
    public static Database Start(string name)
    {
        if (name == Sqlite)
        {
            return new(name, null);
        }

        return new(name, PostgresServer.TryStart(out string whyNot) ?? throw new InvalidOperationException(whyNot));
    }

    /// <summary>A data folder for the server: kept for the next run where the data are in it, new where they are not.</summary>
    /// <param name="scratch">The folder that keeps it.</param>
    /// <param name="name">The name of the database in that folder.</param>
    public string DataFolder(string scratch, string name) =>
        _postgres is null ? Path.Combine(scratch, name) : Directory.CreateTempSubdirectory("benchmark-").FullName;

    /// <summary>Bytes that it takes on disk.</summary>
    /// <param name="data">The server's data folder.</param>
    public long SizeOnDisk(string data) => _postgres?.SizeOnDisk ?? Directory.EnumerateFiles(data, "*.db*").Sum(f => new FileInfo(f).Length);

    /// <inheritdoc/>
    public void Dispose() => _postgres?.Dispose();
}
