using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Makes the pool of a process's connections.</summary>
internal static class PostgresPool
{
    /// <summary>
    /// What the connection string need not say, for what it says comes later and counts: a caller learns within seconds that the
    /// server is away or that every connection is in use, a peer that is gone is noticed, and every statement of ours is prepared at its
    /// second use.
    /// </summary>
    private const string Defaults = "Timeout=5;Tcp Keepalive=true;Max Auto Prepare=64;Auto Prepare Min Usages=2;Application Name=DinOrleans;";

    /// <summary>Processes that the server should have room for beside each other, each with a full pool.</summary>
    private const int Processes = 8;

    private const int Fewest = 4;
    private const int Most = 50;
    private const string PoolSize = "Maximum Pool Size";

    /// <summary>Connections that the server gives to a program like this one: its own limit, or that of the database or the role.</summary>
    private const string Available =
        """
        SELECT least(
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                - coalesce(current_setting('reserved_connections', true), '0')::int,
            (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database()),
            (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user))
        """;

    /// <summary>
    /// Makes a pool. Where the connection string does not say its size, it is an eighth of the connections that the server gives, 4 to 50: what
    /// finds none free waits a few seconds for one and is then refused as retryable.
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
