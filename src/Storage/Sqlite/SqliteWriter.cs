using System.Collections.Concurrent;
using System.Diagnostics;
using DinOrleans.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Storage.Sqlite;

/// <summary>
/// Writes the embedded database, on a thread of its own. Everything that is queued shares one transaction. A caller is answered after the commit
/// is on disk.
/// </summary>
public sealed partial class SqliteWriter : IDisposable
{
    private const string Written = "written";
    private const string Begin = "BEGIN IMMEDIATE";

    /// <summary>The memory for pages of the file. The rankings and events of users in random order change pages all over the indexes.</summary>
    private const int CacheKibibytes = 64 << 10;

    private readonly SqliteDatabase _database;
    private readonly SqliteOptions _options;
    private readonly StorageInstruments _instruments;
    private readonly ILogger<SqliteWriter> _logger;
    private readonly QueueBudget _budget;
    private readonly SqliteCompaction _compaction;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly BlockingCollection<Write> _queue;
    private readonly Thread _thread;
    private int _isClosed;

    public SqliteWriter(SqliteDatabase database, IOptions<SqliteOptions> options, StorageInstruments instruments, TimeProvider time, ILogger<SqliteWriter> logger)
    {
        _database = database;
        _options = options.Value;
        _instruments = instruments;
        _logger = logger;
        _budget = new QueueBudget(_options.QueueBytes);
        _compaction = new SqliteCompaction(database, _options.CompactUpTo, logger);
        _checkpoints = new SqliteCheckpoints(database, time, logger);
        _queue = new(_options.QueueLimit);
        instruments.ObserveQueue(() => Volatile.Read(ref _isClosed) == 0 ? _queue.Count : 0);
        _thread = new Thread(Work) { IsBackground = true, Name = "sqlite writer" };
        _thread.Start();
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{WriteSession, T}, long, CancellationToken)"/>
    /// <remarks>For writes that keep next to nothing in memory.</remarks>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> write, CancellationToken cancellationToken) => WriteAsync(write, bytes: 0, cancellationToken);

    /// <summary>Runs a write in the next transaction and returns after it is on disk.</summary>
    /// <param name="write">
    /// Runs on the writer's thread. If it throws, only its own changes are undone. It runs again where another write of the same transaction has failed, so
    /// it must change nothing but the session.
    /// </param>
    /// <param name="bytes">The bytes of memory that the write keeps while it waits.</param>
    /// <param name="cancellationToken">Takes a write that still waits out of the queue.</param>
    /// <exception cref="StoreUnavailableException">Nothing of the write was applied; it may be retried.</exception>
    /// <exception cref="InternalErrorException">Nothing of the write was applied, and a retry will not help.</exception>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> write, long bytes, CancellationToken cancellationToken)
    {
        var pending = new Write<T>(write, bytes, e => _database.Failed(Written, e), cancellationToken);
        if (!_budget.TryTake(bytes))
        {
            return Refused<T>();
        }

        try
        {
            if (_queue.TryAdd(pending))
            {
                return pending.Task;
            }
        }
        catch (InvalidOperationException)
        {
            _budget.Return(bytes);
            return Task.FromException<T>(new StoreUnavailableException("The database is closing."));
        }

        _budget.Return(bytes);
        return Refused<T>();
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
        while (TryTake(out Write? first))
        {
            if (first is not null)
            {
                Gather(group, first);
                session = CommitOrFail(session, group);
                group.ForEach(w => _budget.Return(w.Bytes));
                if (session is not null)
                {
                    _checkpoints.Follow(session);
                }
            }

            if (session is not null && _compaction.DueIn == TimeSpan.Zero)
            {
                _compaction.Run(session);
            }
        }

        if (session is not null && _compaction.DueIn is not null)
        {
            _compaction.Run(session);
        }

        _checkpoints.Wait();
        Close(session);
    }

    /// <summary>Waits for a write, or until a compaction is due.</summary>
    /// <param name="first">The write; null where there is none.</param>
    /// <returns>False where the writer is closing and nothing is left to do.</returns>
    private bool TryTake(out Write? first)
    {
        int wait = _compaction.DueIn is { } due ? (int)Math.Ceiling(due.TotalMilliseconds) : Timeout.Infinite;
        return _queue.TryTake(out first, wait) || !_queue.IsCompleted;
    }

    private void Gather(List<Write> group, Write first)
    {
        group.Clear();
        group.Add(first);
        while (group.Count < _options.GroupLimit && _queue.TryTake(out Write? next))
        {
            group.Add(next);
        }
    }

    /// <returns>The session for the next group; null where it must start with a fresh connection.</returns>
    private WriteSession? CommitOrFail(WriteSession? session, List<Write> group)
    {
        try
        {
            session ??= Start();
            Commit(session, group);
            if (session.HasErased)
            {
                session.HasErased = false;
                _compaction.Want();
            }

            return session;
        }
        catch (Exception e)
        {
            // The disk is full or the file is lost, for example.
            Exception told = _database.Failed(Written, e);
            group.ForEach(w => w.Fail(told));
            _compaction.Forget();
            Close(session);
            return null;
        }
    }

    private WriteSession Start()
    {
        var session = new WriteSession(_database.Open(pooled: false));

        session.Execute($"PRAGMA cache_size = -{CacheKibibytes}");
        _compaction.Resume(session);
        return session;
    }

    /// <summary>Closes the connection. One that is broken may fail to close.</summary>
    private void Close(WriteSession? session)
    {
        try
        {
            session?.Dispose();
        }
        catch (SqliteException e)
        {
            LogNotClosed(e);
        }
    }

    private static Task<T> Refused<T>() => Task.FromException<T>(new StoreUnavailableException("Too many writes wait for the database."));

    private void Commit(WriteSession session, List<Write> group)
    {
        using Activity? span = StorageActivities.Commit(group, w => w.Caller);
        long start = Stopwatch.GetTimestamp();
        session.Execute(Begin);
        if (group.TrueForAll(w => w.TryRun(session)))
        {
            session.Execute("COMMIT");
        }
        else
        {
            session.Execute("ROLLBACK");
            session.Forget();
            RunEach(session, group);
        }

        _instruments.Committed(group.Count, Stopwatch.GetElapsedTime(start));
        group.ForEach(w => w.Complete());
    }

    /// <summary>
    /// Runs writes, one of which has failed, so that each can be undone by itself. A savepoint keeps a copy of each page that is written after it, so a
    /// group runs without savepoints until one of it fails. A write that was alone has failed by itself, and is not run again.
    /// </summary>
    private static void RunEach(WriteSession session, List<Write> group)
    {
        if (group.Count == 1)
        {
            return;
        }

        session.Execute(Begin);
        foreach (Write write in group)
        {
            session.Execute("SAVEPOINT one");
            if (!write.TryRun(session))
            {
                session.Execute("ROLLBACK TO one");
            }

            session.Execute("RELEASE one");
        }

        session.Execute("COMMIT");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection to the database failed while it was closed")]
    private partial void LogNotClosed(Exception error);
}
