using System.Runtime.CompilerServices;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Streams the rows of one query, a consistent snapshot.</summary>
internal static class PostgresStream
{
    /// <exception cref="Contracts.StoreUnavailableException">The database cannot be read now.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        PostgresDatabase database, string sql, object[] values, Func<NpgsqlDataReader, T> map, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await ReadableAsync(database.Source.OpenConnectionAsync(cancellationToken).AsTask()).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable disposingConnection = connection.ConfigureAwait(false);
        NpgsqlCommand command = connection.CreateCommand();
        await using ConfiguredAsyncDisposable disposingCommand = command.ConfigureAwait(false);
        command.CommandText = sql;
        command.CommandTimeout = 0;
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        NpgsqlDataReader reader = await ReadableAsync(command.ExecuteReaderAsync(cancellationToken)).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable disposingReader = reader.ConfigureAwait(false);
        bool isAtEnd = false;
        try
        {
            while (await ReadableAsync(reader.ReadAsync(cancellationToken)).ConfigureAwait(false))
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

    private static async Task<T> ReadableAsync<T>(Task<T> read)
    {
        try
        {
            return await read.ConfigureAwait(false);
        }
        catch (NpgsqlException e)
        {
            throw PostgresDatabase.Unavailable("read", e);
        }
    }
}
