using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace DinOrleans.Storage.Sqlite;

/// <summary>
/// A prepared statement of the writer's connection, with the parameters $0, $1, … It calls SQLite directly, because the driver looks up each parameter by
/// its name and makes a reader for each run, which takes longer than the insert of an event.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int ShortText = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>The place at which SQLite has each parameter: that of its first use in the statement.</summary>
    private readonly int[] _places;

    /// <summary>Prepares a statement.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="sql">One statement.</param>
    /// <exception cref="SqliteException">The statement cannot be prepared.</exception>
    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(sqlite3_prepare_v2(database, sql, out _statement), database);
        _places = [.. Enumerable.Range(0, sqlite3_bind_parameter_count(_statement)).Select(i => sqlite3_bind_parameter_index(_statement, "$" + i))];
    }

    /// <summary>Runs the statement to its end.</summary>
    /// <param name="values">The parameters. A null is stored as NULL.</param>
    /// <returns>The number of rows that a statement of changes has changed.</returns>
    /// <exception cref="SqliteException">The statement failed.</exception>
    /// <exception cref="ArgumentException">There are more or fewer values than parameters, or one of a type that cannot be stored.</exception>
    public int Execute(ReadOnlySpan<object?> values)
    {
        try
        {
            Bind(values);
            while (Step())
            {
            }

            return sqlite3_changes(_database);
        }
        finally
        {
            sqlite3_reset(_statement);
        }
    }

    /// <summary>Reads the first column of the first row; null where there is no row, and where the column is NULL.</summary>
    /// <param name="values">The parameters.</param>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public object? Scalar(ReadOnlySpan<object?> values)
    {
        try
        {
            Bind(values);
            return Step() ? Column() : null;
        }
        finally
        {
            sqlite3_reset(_statement);
        }
    }

    /// <summary>Reads the first columns of the first row as integers. NULL is read as 0.</summary>
    /// <param name="columns">The columns, overwritten where there is a row.</param>
    /// <param name="values">The parameters.</param>
    /// <returns>False where there is no row.</returns>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public bool TryRead(Span<long> columns, ReadOnlySpan<object?> values)
    {
        try
        {
            Bind(values);
            if (!Step())
            {
                return false;
            }

            for (int i = 0; i < columns.Length; i++)
            {
                columns[i] = sqlite3_column_int64(_statement, i);
            }

            return true;
        }
        finally
        {
            sqlite3_reset(_statement);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    /// <returns>True where the statement has come to a row.</returns>
    private bool Step()
    {
        int result = sqlite3_step(_statement);
        SqliteException.ThrowExceptionForRC(result, _database);
        return result == SQLITE_ROW;
    }

    private object? Column() => sqlite3_column_type(_statement, 0) switch
    {
        SQLITE_NULL => null,
        SQLITE_INTEGER => sqlite3_column_int64(_statement, 0),
        SQLITE_FLOAT => sqlite3_column_double(_statement, 0),
        SQLITE_BLOB => sqlite3_column_blob(_statement, 0).ToArray(),
        _ => sqlite3_column_text(_statement, 0).utf8_to_string(),
    };

    private void Bind(ReadOnlySpan<object?> values)
    {
        if (values.Length != _places.Length)
        {
            throw new ArgumentException($"The statement has {_places.Length} parameters, and {values.Length} values are given.", nameof(values));
        }

        for (int i = 0; i < values.Length; i++)
        {
            SqliteException.ThrowExceptionForRC(Bind(_places[i], values[i]), _database);
        }
    }

    private int Bind(int index, object? value) => value switch
    {
        null => sqlite3_bind_null(_statement, index),
        string text => BindText(index, text),
        long number => sqlite3_bind_int64(_statement, index, number),
        int number => sqlite3_bind_int64(_statement, index, number),
        double number => sqlite3_bind_double(_statement, index, number),

        // An empty span has no address, and SQLite would take it for NULL.
        byte[] { Length: 0 } => sqlite3_bind_zeroblob(_statement, index, 0),
        byte[] bytes => sqlite3_bind_blob(_statement, index, bytes),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be stored.", nameof(value)),
    };

    private int BindText(int index, string text)
    {
        if (text.Length is 0 or > ShortText)
        {
            return sqlite3_bind_text(_statement, index, text);
        }

        Span<byte> utf8 = stackalloc byte[3 * ShortText];
        return sqlite3_bind_text(_statement, index, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }
}
