using System.Runtime.CompilerServices;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Streams the rows of one query. The rows are a consistent snapshot.</summary>
internal static class PostgresStream
{
    /// <summary>Runs a query and makes one value of each row.</summary>
    /// <param name="database">The database to read.</param>
    /// <param name="sql">The query, with the parameters $1, $2, …</param>
    /// <param name="values">The values of the parameters.</param>
    /// <param name="timeoutSeconds">How long to wait for each answer of the server, in seconds; 0 for no limit, as for the sort of a whole log.</param>
    /// <param name="map">Makes a value of the row that the reader is at.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="Contracts.StoreUnavailableException">The database cannot be read now.</exception>
    /// <exception cref="Contracts.InternalErrorException">The database cannot be read, and a retry will not help.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        PostgresDatabase database,
        string sql,
        object[] values,
        int timeoutSeconds,
        Func<NpgsqlDataReader, T> map,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await ReadableAsync(database, database.Source.OpenConnectionAsync(cancellationToken).AsTask()).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable disposingConnection = connection.ConfigureAwait(false);
        NpgsqlCommand command = connection.CreateCommand();
        await using ConfiguredAsyncDisposable disposingCommand = command.ConfigureAwait(false);
        command.CommandText = sql;
        command.CommandTimeout = timeoutSeconds;
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        NpgsqlDataReader reader = await ReadableAsync(database, command.ExecuteReaderAsync(cancellationToken)).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable disposingReader = reader.ConfigureAwait(false);
        bool isAtEnd = false;
        try
        {
            while (await ReadableAsync(database, reader.ReadAsync(cancellationToken)).ConfigureAwait(false))
            {
                yield return map(reader);
            }

            isAtEnd = true;
        }
        finally
        {
            if (!isAtEnd)
            {
                // A reader that is closed early would first fetch all remaining rows.
                command.Cancel();
            }
        }
    }

    private static async Task<T> ReadableAsync<T>(PostgresDatabase database, Task<T> read)
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw database.Failed("read", e);
        }
    }
}
