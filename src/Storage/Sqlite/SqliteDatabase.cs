using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Opens connections to the embedded database, which <see cref="SqliteStart"/> prepares, or the first use where a process has no host.</summary>
public sealed class SqliteDatabase(IOptions<SqliteOptions> options, TimeProvider time, ILogger<SqliteDatabase> logger)
{
    /// <summary>
    /// The number of pages of the write-ahead log that are moved into the database at once, which is 16 MiB. The events of one user lie apart, so a
    /// larger move writes fewer pages per event.
    /// </summary>
    private const int CheckpointPages = 4_000;

    private readonly string _path = options.Value.Path;
    private readonly bool _isReadOnly = options.Value.IsReadOnly;
    private readonly Lock _preparing = new();
    private readonly StoreErrors _errors = new(time, logger);
    private volatile bool _isPrepared;

    /// <summary>
    /// Checks the file and brings its tables up to date, once. A process that only reads changes nothing, and requires tables that are up to date. The
    /// time that this takes does not grow with the data.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is damaged, or was made by a newer program, or by an older one where it is only read.</exception>
    /// <exception cref="IOException">The file cannot be opened, or the disk has no room for it.</exception>
    public void Prepare()
    {
        if (_isPrepared)
        {
            return;
        }

        lock (_preparing)
        {
            if (!_isPrepared)
            {
                Start();
                _isPrepared = true;
            }
        }
    }

    /// <summary>Opens a connection for the caller, with a write-ahead log, commits that survive a loss of power, and deleted rows overwritten with zeros.</summary>
    /// <param name="pooled">False for a connection whose transaction must end when it is closed.</param>
    public SqliteConnection Open(bool pooled = true)
    {
        Prepare();
        return OpenFile(pooled);
    }

    /// <summary>Runs a read on the thread pool, because the driver's asynchronous methods are synchronous.</summary>
    /// <exception cref="Contracts.StoreUnavailableException">The database cannot be read now.</exception>
    /// <exception cref="Contracts.InternalErrorException">The database cannot be read, and a retry will not help.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            Prepare();
            try
            {
                using SqliteConnection connection = Connect(pooled: true);
                return read(connection);
            }
            catch (SqliteException e)
            {
                throw Failed("read", e);
            }
        },
        cancellationToken);

    /// <summary>Logs why something failed.</summary>
    /// <param name="done">What could not be done with the database: "read" or "written".</param>
    /// <param name="cause">The error of the driver.</param>
    /// <returns>The exception for the caller.</returns>
    internal Exception Failed(string done, Exception cause) =>
        _errors.Report(done, SqliteFault.IsDamage(cause) ? Damaged(cause.Message, cause) : cause, SqliteFault.IsTemporary(cause));

    /// <summary>Opens the file without settings. The journal mode is part of the file, and the other settings matter only to a writer.</summary>
    internal SqliteConnection Connect(bool pooled)
    {
        // A pooled connection would keep the file open, and the log beside it, after the last read of a process that only reads.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            DefaultTimeout = 30,
            Pooling = pooled && !_isReadOnly,
            Mode = _isReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
        }.ToString());
        connection.Open();
        return connection;
    }

    private void Start()
    {
        try
        {
            if (_isReadOnly)
            {
                Check();
            }
            else
            {
                Migrate();
            }
        }
        catch (SqliteException e) when (SqliteFault.IsDamage(e))
        {
            throw Damaged(e.Message, e);
        }
        catch (SqliteException e)
        {
            throw new IOException($"{_path} cannot be opened: {e.Message}", e);
        }
    }

    private void Migrate()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        using SqliteConnection connection = OpenFile(pooled: true);
        SqliteSchema.Migrate(connection, _path);
        SqliteSchema.TouchTables(connection);
    }

    private void Check()
    {
        if (!File.Exists(_path))
        {
            throw new FileNotFoundException($"There is no file {_path}, which the data folder of a server has.", _path);
        }

        using SqliteConnection connection = Connect(pooled: false);
        SqliteSchema.RequireCurrent(connection, _path);
        SqliteSchema.TouchTables(connection);
    }

    private SqliteConnection OpenFile(bool pooled)
    {
        SqliteConnection connection = Connect(pooled);
        using SqliteCommand pragmas = connection.CreateCommand();
        pragmas.CommandText =
            $"""
            PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=OFF; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;
            PRAGMA wal_autocheckpoint={CheckpointPages};
            """;
        pragmas.ExecuteNonQuery();
        return connection;
    }

    private InvalidDataException Damaged(string reason, Exception cause) => new(
        $"{_path} is damaged ({reason}). Stop the process, put a backup in its place (with its -wal file, if there is one), or save what can be read with "
        + $"\"sqlite3 {SqliteOptions.FileName} .recover\" into a new file of that name.",
        cause);
}
