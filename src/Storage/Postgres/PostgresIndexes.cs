using System.Data;
using DinOrleans.Contracts;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Makes indexes of a table that is in use: its rows are read and written meanwhile.</summary>
internal static class PostgresIndexes
{
    /// <summary>The key of the advisory lock under which indexes are made: processes that start at once must not make the same one.</summary>
    private const long LockKey = PostgresMigration.LockKey + 16;

    /// <summary>An index that is being made, or whose making was cut short, is not valid: writes keep it up, and no query uses it.</summary>
    private const string Valid = "SELECT relname::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indrelid = $1::regclass AND indisvalid";

    /// <summary>Makes the indexes that a table does not have. Each one waits for the end of the transactions that have begun before it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="table">The table.</param>
    /// <param name="indexes">The columns of each index, by its name.</param>
    /// <param name="cancellationToken">Stops the making. The next call removes what is left of it.</param>
    /// <returns>True if all of them are there now, and false if another process is at work on indexes.</returns>
    /// <exception cref="StoreUnavailableException">An index cannot be made now.</exception>
    /// <exception cref="InternalErrorException">An index cannot be made, and a retry will not help.</exception>
    public static async Task<bool> MakeAsync(
        PostgresDatabase database, string table, IReadOnlyDictionary<string, string> indexes, CancellationToken cancellationToken)
    {
        List<string> made = await database.ReadRowsAsync(Valid, [table], row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        return indexes.Keys.All(made.Contains)
            || await database.UseAsync("written", (connection, cancellation) => MakeAloneAsync(connection, table, indexes, cancellation), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> MakeAloneAsync(
        NpgsqlConnection connection, string table, IReadOnlyDictionary<string, string> indexes, CancellationToken cancellationToken)
    {
        // A statement that waited for the lock would be one that has begun before. Whoever holds the lock would wait for its end, and both for ever.
        if (await PostgresMigration.ExecuteAsync(connection, $"SELECT pg_try_advisory_lock({LockKey})", [], cancellationToken).ConfigureAwait(false) is not true)
        {
            return false;
        }

        try
        {
            foreach ((string index, string columns) in indexes)
            {
                if (await PostgresMigration.ExecuteAsync(connection, $"{Valid} AND relname = $2", [table, index], cancellationToken).ConfigureAwait(false) is null)
                {
                    await PostgresMigration.ExecuteAsync(connection, $"DROP INDEX CONCURRENTLY IF EXISTS {index}", [], cancellationToken).ConfigureAwait(false);
                    await PostgresMigration.ExecuteAsync(connection, $"CREATE INDEX CONCURRENTLY {index} ON {table} ({columns})", [], cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            // The lock is the connection's, which goes back to the pool. Where the connection is lost, the server has released the lock.
            if (connection.State == ConnectionState.Open)
            {
                await PostgresMigration.ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})", [], CancellationToken.None).ConfigureAwait(false);
            }
        }

        return true;
    }
}
