using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Streams the rows of one query from a thread of the pool. The rows are a consistent snapshot.</summary>
internal static class SqliteStream
{
    private const int BufferedRows = 1_000;

    public static async IAsyncEnumerable<T> ReadAsync<T>(
        SqliteDatabase database,
        string sql,
        (string Name, object Value)[] parameters,
        Func<SqliteDataReader, T> map,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = Channel.CreateBounded<T>(BufferedRows);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> reading = database.ReadAsync(
            connection =>
            {
                Read(connection, sql, parameters, map, rows.Writer, stopping.Token);
                return true;
            },
            CancellationToken.None);

        // The channel is completed however the read ends, even before it has a connection. A reader of one that is never completed waits for ever.
        Task completing = reading.ContinueWith(
            read => rows.Writer.Complete(read.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (T row in rows.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return row;
            }
        }
        finally
        {
            // A consumer that leaves early must not leave a reader and its snapshot behind.
            await stopping.CancelAsync().ConfigureAwait(false);
            await completing.ConfigureAwait(false);
        }
    }

    private static void Read<T>(
        SqliteConnection connection,
        string sql,
        (string Name, object Value)[] parameters,
        Func<SqliteDataReader, T> map,
        ChannelWriter<T> rows,
        CancellationToken cancellationToken)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            T row = map(reader);
            if (!rows.TryWrite(row))
            {
                rows.WriteAsync(row, cancellationToken).AsTask().GetAwaiter().GetResult();
            }
        }
    }
}
