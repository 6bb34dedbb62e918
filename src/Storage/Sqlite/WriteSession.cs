using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Holds the writer's connection, its prepared statements and the numbers that it gives to ids. Only the writer's thread may use it.</summary>
public sealed class WriteSession(SqliteConnection connection) : IDisposable
{
    private const int CachedIds = 200_000;
    private const int ArrivalsABlock = 1 << 16;
    private const string Arrivals = "arrivals";

    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private readonly Dictionary<(string Table, string Id), long> _numbers = [];
    private long _arrival;
    private long _reserved;

    /// <summary>True where a write has erased something since the writer last looked.</summary>
    internal bool HasErased { get; set; }

    /// <summary>Takes the next number in the order of arrival. It is greater than every number taken before, in this process or an earlier one.</summary>
    internal long NextArrival()
    {
        if (_arrival == _reserved)
        {
            // Numbers are reserved in blocks, in the same transaction. What a process leaves of its last block is never used.
            long held = (long)Scalar($"SELECT CAST(value AS INTEGER) FROM settings WHERE name = '{Arrivals}'")!;
            _arrival = Math.Max(_arrival, held);
            _reserved = _arrival + ArrivalsABlock;
            Execute($"UPDATE settings SET value = $0 WHERE name = '{Arrivals}'", _reserved);
        }

        return ++_arrival;
    }

    /// <summary>Returns the number of an id in a table of ids, and gives the id a number if it has none.</summary>
    internal long Number(string table, string column, string id)
    {
        if (_numbers.TryGetValue((table, id), out long number))
        {
            return number;
        }

        if (_numbers.Count >= CachedIds)
        {
            _numbers.Clear();
        }

        Execute($"INSERT INTO {table} ({column}) VALUES ($0) ON CONFLICT DO NOTHING", id);
        number = (long)Scalar($"SELECT id FROM {table} WHERE {column} = $0", id)!;
        _numbers.Add((table, id), number);
        return number;
    }

    /// <summary>Runs a statement with the parameters $0, $1, … A null is stored as NULL.</summary>
    /// <returns>The number of rows that were changed.</returns>
    internal int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Reads the first column of the first row; null where there is no row.</summary>
    internal object? Scalar(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteScalar();

    /// <summary>Drops the cached numbers, because a rollback may have undone them.</summary>
    internal void Forget()
    {
        _numbers.Clear();
        _reserved = _arrival;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteCommand command in _prepared.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        SqliteCommand command = Prepare(sql);
        for (int i = 0; i < values.Length; i++)
        {
            if (command.Parameters.Count <= i)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
            }

            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private SqliteCommand Prepare(string sql)
    {
        if (!_prepared.TryGetValue(sql, out SqliteCommand? command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            _prepared.Add(sql, command);
        }

        return command;
    }
}
