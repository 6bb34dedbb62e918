using System.Runtime.CompilerServices;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Streams the rows of one query, a consistent snapshot.</summary>
internal static class PostgresStream
{
    /// <param name="database">Where.</param>
    /// <param name="sql">With parameters $1, $2, …</param>
    /// <param name="values">Their values.</param>
    /// <param name="timeoutSeconds">How long to wait for each answer of the server, in seconds; 0 for as long as it takes, as for a sort of a whole log.</param>
    /// <param name="map">Makes a row.</param>
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
                // A reader that is closed early would fetch all that is left.
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
