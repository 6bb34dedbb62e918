using System.Collections.Concurrent;
using System.Diagnostics;
using DinOrleans.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Storage.Sqlite;

/// <summary>
/// The one writer of the embedded database, on a thread of its own. Whatever is queued shares one transaction; a caller is
/// answered after the commit is on disk.
/// </summary>
public sealed partial class SqliteWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteOptions _options;
    private readonly StorageInstruments _instruments;
    private readonly ILogger<SqliteWriter> _logger;
    private readonly BlockingCollection<Write> _queue;
    private readonly Thread _thread;
    private int _isClosed;

    public SqliteWriter(SqliteDatabase database, IOptions<SqliteOptions> options, StorageInstruments instruments, ILogger<SqliteWriter> logger)
    {
        _database = database;
        _options = options.Value;
        _instruments = instruments;
        _logger = logger;
        _queue = new(_options.QueueLimit);
        instruments.ObserveQueue(() => Volatile.Read(ref _isClosed) == 0 ? _queue.Count : 0);
        _thread = new Thread(Work) { IsBackground = true, Name = "sqlite writer" };
        _thread.Start();
    }

    /// <summary>Runs a write in the next transaction and returns after it is on disk.</summary>
    /// <param name="write">Runs on the writer's thread. If it throws, only its own changes are undone.</param>
    /// <param name="cancellationToken">Takes a write that still waits out of the queue.</param>
    /// <exception cref="StoreUnavailableException">Nothing of the write was applied; it may be retried.</exception>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> write, CancellationToken cancellationToken)
    {
        var pending = new Write<T>(write, cancellationToken);
        bool queued;
        try
        {
            queued = _queue.TryAdd(pending);
        }
        catch (InvalidOperationException)
        {
            return Task.FromException<T>(new StoreUnavailableException("The database is closing."));
        }

        return queued ? pending.Task : Task.FromException<T>(new StoreUnavailableException("Too many writes wait for the database."));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _queue.CompleteAdding();
            _thread.Join();
            _queue.Dispose();
        }
    }

    private void Work()
    {
        List<Write> group = [];
        WriteSession? session = null;
        foreach (Write first in _queue.GetConsumingEnumerable())
        {
            group.Clear();
            group.Add(first);
            while (group.Count < _options.GroupLimit && _queue.TryTake(out Write? next))
            {
                group.Add(next);
            }

            try
            {
                session ??= new WriteSession(_database.Open(pooled: false));
                Commit(session, group);
            }
            catch (Exception e)
            {
                // A full disk or a lost file: the callers may retry, and the next group starts with a fresh connection.
                LogGroupFailed(e, group.Count);
                session?.Dispose();
                session = null;
                var unavailable = new StoreUnavailableException("The database cannot be written now: " + e.Message, e);
                group.ForEach(w => w.Fail(unavailable));
            }
        }

        session?.Dispose();
    }

    private void Commit(WriteSession session, List<Write> group)
    {
        long start = Stopwatch.GetTimestamp();
        session.Execute("BEGIN IMMEDIATE");

        // A savepoint keeps a copy of each page that is written after it: a write alone has the transaction to be undone by.
        bool keeps = group.Count > 1 || group[0].TryRun(session);
        if (group.Count > 1)
        {
            RunEach(session, group);
        }

        session.Execute(keeps ? "COMMIT" : "ROLLBACK");
        _instruments.Committed(group.Count, Stopwatch.GetElapsedTime(start));
        group.ForEach(w => w.Complete());
    }

    /// <summary>Runs writes of which each can be undone by itself.</summary>
    private static void RunEach(WriteSession session, List<Write> group)
    {
        foreach (Write write in group)
        {
            session.Execute("SAVEPOINT one");
            session.Execute(write.TryRun(session) ? "RELEASE one" : "ROLLBACK TO one; RELEASE one");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A transaction of {Writes} writes failed; their callers may retry")]
    private partial void LogGroupFailed(Exception error, int writes);
}
