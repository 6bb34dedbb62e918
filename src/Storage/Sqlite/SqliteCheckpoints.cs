using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using static SQLitePCL.raw;

namespace DinOrleans.Storage.Sqlite;

/// <summary>
/// Moves the pages of the write-ahead log into the database beside the writer, so that no write waits for thousands of pages. The log begins anew only
/// when all of it has been moved, so the writer moves the few pages that it has written meanwhile. Only the writer's thread may use it.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock that limits the log of failures.</param>
/// <param name="logger">The logger of the writer.</param>
internal sealed partial class SqliteCheckpoints(SqliteDatabase database, TimeProvider time, ILogger logger)
{
    /// <summary>The pages of the log at which they are moved: 16 MiB. The events of one user lie apart, so a larger move writes fewer pages per event.</summary>
    private const int Pages = 4_000;

    private const int MostPasses = 20;

    private readonly ILogger _logger = logger;
    private readonly RepeatedFailures _failures = new(time);
    private Task _beside = Task.CompletedTask;
    private bool _isBegun;
    private long _pages;

    /// <summary>Moves pages if there are enough of them. It is called between two transactions.</summary>
    /// <param name="session">The writer's session.</param>
    public void Follow(WriteSession session)
    {
        Try(() => _pages += session.TakeWrittenPages());
        if (!_isBegun && _pages >= Pages)
        {
            _isBegun = true;
            _beside = Task.Run(MoveBeside);
        }
        else if (_isBegun && _beside.IsCompleted)
        {
            _isBegun = false;
            _pages = 0;
            Try(() => session.MoveLog());
        }
    }

    /// <summary>Waits for the move that is under way.</summary>
    public void Wait() => _beside.Wait();

    /// <summary>Moves the pages of the log into the database, as far as no reader needs them there. It waits for nobody.</summary>
    /// <param name="connection">A connection that has opened the log, which SQLite does when the connection reads or sets the journal mode.</param>
    /// <returns>
    /// The number of pages in the log, which is the same as before only where nothing was written meanwhile. It is 0 where another connection moves them.
    /// </returns>
    /// <exception cref="SqliteException">The database cannot be written now.</exception>
    /// <exception cref="InvalidOperationException">The connection has not opened the log. SQLite would move nothing and report no error.</exception>
    internal static int Move(SqliteConnection connection)
    {
        int result = sqlite3_wal_checkpoint_v2(connection.Handle, "main", SQLITE_CHECKPOINT_PASSIVE, out int pages, out _);

        if (result == SQLITE_BUSY)
        {
            // Another connection moves the same pages, which is as good.
            return 0;
        }

        SqliteException.ThrowExceptionForRC(result, connection.Handle);
        return pages >= 0 ? pages : throw new InvalidOperationException("The connection has not opened the write-ahead log.");
    }

    /// <summary>
    /// SQLite syncs the database only after a pass during which nothing was written. Each pass has fewer pages than the one before, so that one soon falls
    /// between two transactions, and what the writer has to sync is little.
    /// </summary>
    private void MoveBeside() => Try(() =>
    {
        using SqliteConnection connection = database.Open(pooled: false);
        int before = 0;
        for (int pass = 0; pass < MostPasses; pass++)
        {
            int pages = Move(connection);
            if (pages == before)
            {
                break;
            }

            before = pages;
        }
    });

    /// <summary>A failed move loses nothing, because the log stays as it is. The next one tries again.</summary>
    private void Try(Action move)
    {
        try
        {
            move();
        }
        catch (SqliteException e)
        {
            if (_failures.ShouldLog(out int unlogged))
            {
                LogNotMoved(e, unlogged);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The write-ahead log could not be moved into the database and grows until it can. There were {Unlogged} more failures since the last one that was logged")]
    private partial void LogNotMoved(Exception error, int unlogged);
}
