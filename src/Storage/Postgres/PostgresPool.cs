using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Opens the pool of a process's connections.</summary>
internal static class PostgresPool
{
    /// <summary>
    /// The defaults, which the connection string may override because it comes later. With them a caller learns within seconds that the server is
    /// away or that every connection is in use, a server that is gone is noticed, and each statement is prepared at its second use.
    /// </summary>
    private const string Defaults = "Timeout=5;Tcp Keepalive=true;Max Auto Prepare=64;Auto Prepare Min Usages=2;Application Name=DinOrleans;";

    /// <summary>The number of processes, each with a full pool, for which the server should have room.</summary>
    private const int Processes = 8;

    private const int Fewest = 4;
    private const int Most = 50;
    private const string PoolSize = "Maximum Pool Size";

    /// <summary>Selects the connections that the server allows: the least of its own limit and those of the database and the role.</summary>
    private const string Available =
        """
        SELECT least(
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                - coalesce(current_setting('reserved_connections', true), '0')::int,
            (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database()),
            (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user))
        """;

    /// <summary>
    /// Opens a pool. Unless the connection string says its size, the pool has an eighth of the connections that the server allows, 4 to 50. A call
    /// that finds no free connection waits a few seconds for one and is then refused as retryable.
    /// </summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, or does not let the program in.</exception>
    public static async Task<NpgsqlDataSource> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(Defaults + connectionString);
        if (!settings.ShouldSerialize(PoolSize))
        {
            settings.MaxPoolSize = Math.Clamp(await AvailableAsync(settings, cancellationToken).ConfigureAwait(false) / Processes, Fewest, Most);
        }

        return NpgsqlDataSource.Create(settings);
    }

    private static async Task<int> AvailableAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        var alone = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false };
        var connection = new NpgsqlConnection(alone.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            NpgsqlCommand command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = Available;
                return (int)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            }
        }
    }
}
