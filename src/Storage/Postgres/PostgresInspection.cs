using System.Data.Common;
using DinOrleans.Storage.Registry;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Looks at the database of a cluster, and changes nothing.</summary>
public static class PostgresInspection
{
    private const string Server =
        """
        SELECT clock_timestamp(), current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'), pg_is_in_recovery(),
            (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'), current_setting('max_connections')::int
        """;

    /// <summary>The version of the stores' tables that this program makes and brings older ones up to.</summary>
    public static int CurrentSchema => PostgresSchema.Steps.Length;

    /// <summary>Reads the state of the server, the tables and the silos.</summary>
    /// <param name="connectionString">The Npgsql connection string.</param>
    /// <param name="time">The clock of this machine.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    /// <exception cref="IOException">The server cannot be reached, or does not let the program in or read.</exception>
    public static async Task<PostgresState> ReadAsync(string connectionString, TimeProvider time, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder("Timeout=5;" + connectionString) { Pooling = false };
        try
        {
            var connection = new NpgsqlConnection(settings.ConnectionString);
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                return await ReadAsync(connection, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException e)
        {
            throw new IOException($"The database cannot be used: {e.Message}", e);
        }
    }

    private static async Task<PostgresState> ReadAsync(NpgsqlConnection connection, TimeProvider time, CancellationToken cancellationToken)
    {
        List<string> tables = await RowsAsync(
            connection, "SELECT table_name::text FROM information_schema.tables WHERE table_schema = ANY(current_schemas(false))", row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        DateTimeOffset asked = time.GetUtcNow();
        PostgresState state = (await RowsAsync(connection, Server, ReadServer, cancellationToken).ConfigureAwait(false))[0] with { Asked = asked, Answered = time.GetUtcNow() };
        if (tables.Contains("schema_versions"))
        {
            state = state with
            {
                Schema = (await RowsAsync(
                    connection, $"SELECT version FROM schema_versions WHERE part = '{PostgresSchema.Part}'", row => (int?)row.GetInt32(0), cancellationToken).ConfigureAwait(false)).FirstOrDefault(),
            };
        }

        if (tables.Contains("cluster_silos"))
        {
            state = state with
            {
                Silos = await RowsAsync(
                    connection,
                    "SELECT cluster_id, silo_name, address || ':' || port || '@' || generation, status, clock_timestamp() - i_am_alive_time FROM cluster_silos ORDER BY 1, 3",
                    row => new ListedSilo(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetFieldValue<TimeSpan>(4)),
                    cancellationToken).ConfigureAwait(false),
            };
        }

        return tables.Contains("model_activation") ? await AddVersionsAsync(connection, state, cancellationToken).ConfigureAwait(false) : state;
    }

    private static async Task<PostgresState> AddVersionsAsync(NpgsqlConnection connection, PostgresState state, CancellationToken cancellationToken) => state with
    {
        Versions = await RowsAsync(
            connection,
            "SELECT version, info::json ->> 'RefusedBecause' IS NOT NULL FROM model_versions ORDER BY published_at DESC, version DESC",
            row => new NamedVersion(row.GetString(0), row.GetBoolean(1)),
            cancellationToken).ConfigureAwait(false),
        Activation = (await RowsAsync(connection, $"SELECT {ActivationRow.Columns} FROM model_activation", ActivationRow.Read, cancellationToken).ConfigureAwait(false)).FirstOrDefault(),
    };

    private static PostgresState ReadServer(DbDataReader row) => new(
        row.GetFieldValue<DateTimeOffset>(0),
        row.GetString(1) == "on" && row.GetString(2) == "on" && row.GetString(3) != "off",
        row.GetBoolean(4),
        (int)row.GetInt64(5),
        row.GetInt32(6));

    private static async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, string sql, Func<DbDataReader, T> map, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                List<T> rows = [];
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add(map(reader));
                }

                return rows;
            }
        }
    }
}

/// <summary>The state of a cluster's database.</summary>
/// <param name="ServerTime">The clock of the server.</param>
/// <param name="KeepsCommits">False where a commit may be lost although it was confirmed: fsync, full_page_writes or synchronous_commit is off.</param>
/// <param name="IsReplica">True for a server that only follows another one.</param>
/// <param name="Connections">The number of connections of clients.</param>
/// <param name="MaxConnections">The number of connections that the server allows.</param>
public sealed record PostgresState(DateTimeOffset ServerTime, bool KeepsCommits, bool IsReplica, int Connections, int MaxConnections)
{
    /// <summary>The clock of this machine, just before the server was asked for its own.</summary>
    public DateTimeOffset Asked { get; init; }

    /// <summary>The clock of this machine, just after the server's answer.</summary>
    public DateTimeOffset Answered { get; init; }

    /// <summary>The version of the stores' tables; null where there are none.</summary>
    public int? Schema { get; init; }

    /// <summary>The silos that the database lists; null where there is no such table.</summary>
    public IReadOnlyList<ListedSilo>? Silos { get; init; }

    /// <summary>The published versions, newest first.</summary>
    public IReadOnlyList<NamedVersion> Versions { get; init; } = [];

    /// <summary>The versions that serve; null where there is no such table.</summary>
    public ModelActivation? Activation { get; init; }
}

/// <summary>A silo as the database lists it.</summary>
/// <param name="Cluster">The name of its cluster.</param>
/// <param name="Name">The name of the silo.</param>
/// <param name="Address">Its address, port and generation.</param>
/// <param name="Status">Its <c>SiloStatus</c>, such as 3 for active.</param>
/// <param name="Silence">The time since it last said that it is alive. Negative where its clock is ahead of the server's.</param>
public sealed record ListedSilo(string Cluster, string Name, string Address, int Status, TimeSpan Silence)
{
    /// <summary>True for a silo that takes part in its cluster.</summary>
    public bool IsActive => Status == 3;
}
