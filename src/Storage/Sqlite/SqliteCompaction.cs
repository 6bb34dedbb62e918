using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage.Sqlite;

/// <summary>
/// Rewrites the file after an erasure. Deleted rows are overwritten with zeros, but a page that was split earlier keeps copies of rows in its
/// unused part, and the write-ahead log has them too. Only the writer's thread may use it.
/// </summary>
internal sealed partial class SqliteCompaction(SqliteDatabase database, long largest, ILogger logger)
{
    private const string Mark = "compact";

    /// <summary>Compactions take at most one part in this many of the writer's time.</summary>
    private const int Share = 20;

    /// <summary>The pause before a compaction, so that the several writes of one erasure share it.</summary>
    private static readonly TimeSpan After = TimeSpan.FromMilliseconds(200);

    private readonly ILogger _logger = logger;
    private TimeSpan _lastTook;
    private long? _lastEnded;
    private long? _wanted;

    /// <summary>The time until the next compaction, at least 0; null where none is wanted.</summary>
    public TimeSpan? DueIn
    {
        get
        {
            if (_wanted is not { } since)
            {
                return null;
            }

            TimeSpan wait = After - Stopwatch.GetElapsedTime(since);
            TimeSpan rest = _lastEnded is { } ended ? (Share * _lastTook) - Stopwatch.GetElapsedTime(ended) : TimeSpan.Zero;
            TimeSpan longest = wait > rest ? wait : rest;
            return longest > TimeSpan.Zero ? longest : TimeSpan.Zero;
        }
    }

    /// <summary>Notes, in the transaction of an erasure, that this process or a later one must compact the file.</summary>
    public static void Ask(WriteSession session)
    {
        session.Execute("INSERT INTO settings (name, value) VALUES ($0, '') ON CONFLICT DO NOTHING", Mark);
        session.HasErased = true;
    }

    /// <summary>Wants a compaction if an earlier process has left one undone.</summary>
    public void Resume(WriteSession session)
    {
        if (session.Scalar("SELECT 1 FROM settings WHERE name = $0", Mark) is not null)
        {
            Want();
        }
    }

    /// <summary>Wants a compaction soon.</summary>
    public void Want() => _wanted = Stopwatch.GetTimestamp();

    /// <summary>Wants no compaction until a session resumes it.</summary>
    public void Forget() => _wanted = null;

    /// <summary>Rewrites the file and empties the write-ahead log. A failure is logged, and the next erasure or start tries again.</summary>
    public void Run(WriteSession session)
    {
        _wanted = null;
        long start = Stopwatch.GetTimestamp();
        try
        {
            long bytes = (long)session.Scalar("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")!;
            if (bytes > largest)
            {
                LogTooLarge(bytes, largest);
            }
            else
            {
                // This connection keeps its temporary copy in a file. The writer's would keep it in memory.
                using SqliteConnection connection = database.Connect(pooled: false);
                using SqliteCommand vacuum = connection.CreateCommand();
                vacuum.CommandText = "VACUUM";
                vacuum.CommandTimeout = 0;
                vacuum.ExecuteNonQuery();
                session.Execute("DELETE FROM settings WHERE name = $0", Mark);
            }

            if ((long)session.Scalar("PRAGMA wal_checkpoint(TRUNCATE)")! != 0)
            {
                // A reader still uses the log.
                Want();
            }
        }
        catch (SqliteException e)
        {
            LogFailed(e);
        }

        _lastTook = Stopwatch.GetElapsedTime(start);
        _lastEnded = Stopwatch.GetTimestamp();
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database has {Bytes} bytes and is not compacted after an erasure, as it is above {Largest}: run VACUUM on it when nobody writes")]
    private partial void LogTooLarge(long bytes, long largest);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database could not be compacted after an erasure; it is tried again after the next one and at the next start")]
    private partial void LogFailed(Exception error);
}
