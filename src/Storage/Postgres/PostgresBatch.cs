using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Statements that go to the server in one message and are one transaction there. At most one of them returns rows.</summary>
internal sealed class PostgresBatch
{
    private readonly List<(string Sql, object[] Values)> _statements = [];

    /// <summary>False for statements that may take longer than the connection's timeout allows.</summary>
    public bool HasTimeout { get; init; } = true;

    /// <summary>Adds a statement with the parameters $1, $2, … A <see cref="DBNull"/> is stored as NULL.</summary>
    public PostgresBatch Add(string sql, object[] values)
    {
        _statements.Add((sql, values));
        return this;
    }

    /// <summary>
    /// Gives a number to each id that has none yet, in a fixed order. Every lock here is taken in that order, so that transactions of other processes
    /// that do the same wait for each other, but never in a circle.
    /// </summary>
    public PostgresBatch AddNumbers(string table, string column, IEnumerable<string> ids) => Add(
        $"""
        INSERT INTO {table} ({column}) SELECT given.id FROM unnest($1::text[]) AS given (id)
        WHERE NOT EXISTS (SELECT FROM {table} WHERE {column} = given.id) ORDER BY given.id COLLATE "C" ON CONFLICT DO NOTHING
        """,
        [ids.Distinct().ToArray()]);

    /// <summary>Runs the statements on a connection without a transaction of its own.</summary>
    public async Task<T> RunAsync<T>(NpgsqlConnection connection, Func<NpgsqlDataReader, CancellationToken, Task<T>> result, CancellationToken cancellationToken)
    {
        NpgsqlBatch batch = Make(connection);
        await using (batch.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                T value = await result(reader, cancellationToken).ConfigureAwait(false);

                // The results are read to the end, because an error of a later statement, or of the commit itself, arrives there.
                while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
                {
                }

                return value;
            }
        }
    }

    private NpgsqlBatch Make(NpgsqlConnection connection)
    {
        NpgsqlBatch batch = connection.CreateBatch();
        batch.Timeout = HasTimeout ? batch.Timeout : 0;
        foreach ((string sql, object[] values) in _statements)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (object value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
