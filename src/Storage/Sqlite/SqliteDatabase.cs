using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Opens the embedded database: checks it, migrates it, and hands out connections.</summary>
public sealed class SqliteDatabase
{
    /// <summary>
    /// Pages of the log that are moved into the database at once, 16 MiB: users' events lie apart, and the more of them a move has, the fewer pages it writes.
    /// </summary>
    private const int CheckpointPages = 4_000;

    private readonly string _path;

    /// <exception cref="InvalidDataException">The file is damaged, or was made by a newer program.</exception>
    /// <exception cref="IOException">The file cannot be opened, or the disk has no room for it.</exception>
    public SqliteDatabase(IOptions<SqliteOptions> options)
    {
        _path = options.Value.Path;
        Directory.CreateDirectory(options.Value.Folder);
        try
        {
            using SqliteConnection connection = Open();
            Check(connection);
            SqliteSchema.Migrate(connection, _path);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw Damaged(e.Message, e);
        }
        catch (SqliteException e)
        {
            throw new IOException($"{_path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>A connection of the caller's own: WAL, and commits that survive the loss of power.</summary>
    /// <param name="pooled">False for one whose end must end whatever transaction it is in.</param>
    public SqliteConnection Open(bool pooled = true)
    {
        SqliteConnection connection = Connect(pooled);
        using SqliteCommand pragmas = connection.CreateCommand();
        pragmas.CommandText =
            $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint={CheckpointPages};";
        pragmas.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Runs a read on the thread pool: the driver's asynchronous methods are synchronous.</summary>
    /// <exception cref="Contracts.StoreUnavailableException">The database cannot be read now.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                using SqliteConnection connection = Connect(pooled: true);
                return read(connection);
            }
            catch (SqliteException e)
            {
                throw Unreadable(e);
            }
        },
        cancellationToken);

    internal static Contracts.StoreUnavailableException Unreadable(SqliteException cause) => new("The database cannot be read now: " + cause.Message, cause);

    /// <summary>As the file is: its journal mode is part of it, and a reader writes nothing.</summary>
    private SqliteConnection Connect(bool pooled)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, DefaultTimeout = 30, Pooling = pooled }.ToString());
        connection.Open();
        return connection;
    }

    private void Check(SqliteConnection connection)
    {
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        string result = (string)check.ExecuteScalar()!;
        if (result != "ok")
        {
            throw Damaged(result, null);
        }
    }

    private InvalidDataException Damaged(string reason, Exception? cause) => new(
        $"{_path} is damaged ({reason}). Stop the process, put a backup in its place (with its -wal file, if there is one), or save what can be read with "
        + $"\"sqlite3 {SqliteOptions.FileName} .recover\" into a new file of that name.",
        cause);
}
