using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DinOrleans.Storage.Sqlite;

/// <summary>
/// Reads the rows of a query through the library's own functions, without an object per value. A driver's reader takes several times as long for
/// millions of small rows.
/// </summary>
internal sealed class SqliteRawRows : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <param name="connection">An open connection.</param>
    /// <param name="sql">The query, with the parameters ?1, ?2, …</param>
    /// <param name="values">The values of the parameters.</param>
    /// <exception cref="SqliteException">The query cannot be run.</exception>
    public SqliteRawRows(SqliteConnection connection, string sql, ReadOnlySpan<long> values)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_busy_timeout(_database, connection.DefaultTimeout * 1000), _database);
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, sql, out _statement), _database);
        for (int i = 0; i < values.Length; i++)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_bind_int64(_statement, i + 1, values[i]), _database);
        }
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False after the last row.</returns>
    /// <exception cref="SqliteException">The row cannot be read.</exception>
    public bool Read()
    {
        int code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }

        return code == raw.SQLITE_ROW;
    }

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public long? NullableInt64(int column) =>
        raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_int64(_statement, column);

    /// <summary>The text of a column in UTF-8. It is valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();
}
