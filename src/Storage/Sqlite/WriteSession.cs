using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Holds the writer's connection, its prepared statements and the numbers that it gives to ids. Only the writer's thread may use it.</summary>
public sealed class WriteSession : IDisposable
{
    private const int CachedIds = 200_000;
    private const int ArrivalsABlock = 1 << 16;
    private const int BusyMilliseconds = 30_000;
    private const string Arrivals = "arrivals";

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _prepared = [];
    private readonly Dictionary<(string Table, string Id), long> _numbers = [];
    private readonly Dictionary<string, NumberedUser> _users = [];
    private long _arrival;
    private long _reserved;

    /// <param name="connection">The connection, which the session disposes.</param>
    public WriteSession(SqliteConnection connection)
    {
        _connection = connection;

        // Another process, such as a backup, may hold the file for a while. The writer's log is moved by SqliteCheckpoints.
        SqliteException.ThrowExceptionForRC(sqlite3_busy_timeout(connection.Handle, BusyMilliseconds), connection.Handle);
        SqliteException.ThrowExceptionForRC(sqlite3_wal_autocheckpoint(connection.Handle, 0), connection.Handle);
    }

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
        if (!_numbers.TryGetValue((table, id), out long number))
        {
            number = (long?)Scalar($"SELECT id FROM {table} WHERE {column} = $0", id) ?? Insert($"INSERT INTO {table} ({column}) VALUES ($0)", id);
            Keep(_numbers, (table, id), number);
        }

        return number;
    }

    /// <summary>Returns the number and the tombstone of a user, and gives the user a number if it has none.</summary>
    internal NumberedUser User(string userId)
    {
        if (!TryFind(userId, out NumberedUser user))
        {
            user = new(Insert("INSERT INTO users (user_id) VALUES ($0)", userId), ErasedUntil: 0);
            Keep(_users, userId, user);
        }

        return user;
    }

    /// <summary>Returns the time of a user's tombstone, in ticks; 0 where there is none. A user without a number gets none.</summary>
    internal long ErasedUntil(string userId) => TryFind(userId, out NumberedUser user) ? user.ErasedUntil : 0;

    /// <summary>Reads a user again when it is next needed, because the tombstone has changed.</summary>
    internal void Forget(string userId) => _users.Remove(userId);

    /// <summary>Runs one statement with the parameters $0, $1, … A null is stored as NULL.</summary>
    /// <returns>The number of rows that were changed.</returns>
    internal int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql).Execute(values);

    /// <summary>Reads the first column of the first row; null where there is no row.</summary>
    internal object? Scalar(string sql, params ReadOnlySpan<object?> values) => Prepare(sql).Scalar(values);

    /// <summary>Returns the number of pages that were written to the write-ahead log since the last call.</summary>
    internal int TakeWrittenPages()
    {
        SqliteException.ThrowExceptionForRC(
            sqlite3_db_status(_connection.Handle, SQLITE_DBSTATUS_CACHE_WRITE, out int pages, out _, resetFlg: 1), _connection.Handle);
        return pages;
    }

    /// <inheritdoc cref="SqliteCheckpoints.Move"/>
    internal int MoveLog() => SqliteCheckpoints.Move(_connection);

    /// <summary>Drops what is cached, because a rollback may have undone it.</summary>
    internal void Forget()
    {
        _numbers.Clear();
        _users.Clear();
        _reserved = _arrival;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteStatement statement in _prepared.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private static void Keep<TKey, TValue>(Dictionary<TKey, TValue> cache, TKey key, TValue value)
        where TKey : notnull
    {
        if (cache.Count >= CachedIds)
        {
            cache.Clear();
        }

        cache.Add(key, value);
    }

    private bool TryFind(string userId, out NumberedUser user)
    {
        if (_users.TryGetValue(userId, out user))
        {
            return true;
        }

        Span<long> row = stackalloc long[2];
        if (!TryRead("SELECT id, erased_until FROM users WHERE user_id = $0", row, userId))
        {
            return false;
        }

        user = new(row[0], row[1]);
        Keep(_users, userId, user);
        return true;
    }

    private bool TryRead(string sql, Span<long> columns, params ReadOnlySpan<object?> values) => Prepare(sql).TryRead(columns, values);

    private long Insert(string sql, string id)
    {
        Execute(sql, id);
        return sqlite3_last_insert_rowid(_connection.Handle);
    }

    private SqliteStatement Prepare(string sql)
    {
        if (!_prepared.TryGetValue(sql, out SqliteStatement? statement))
        {
            statement = new SqliteStatement(_connection.Handle!, sql);
            _prepared.Add(sql, statement);
        }

        return statement;
    }
}

/// <summary>A user as the log knows it.</summary>
/// <param name="Number">The number that stands for the user's id.</param>
/// <param name="ErasedUntil">The time of the tombstone, in ticks; 0 where there is none. No event up to that time is accepted.</param>
internal readonly record struct NumberedUser(long Number, long ErasedUntil);
