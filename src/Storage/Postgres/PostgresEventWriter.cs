using System.Diagnostics;
using System.Threading.Channels;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>
/// The one writer of events of a process, on a connection of its own. Whatever is queued shares one transaction; a caller is
/// answered after the commit is on disk.
/// </summary>
public sealed partial class PostgresEventWriter : IAsyncDisposable
{
    /// <summary>The arrays of a statement are short or long: a plan made for one size would read whole tables for another.</summary>
    private const string OnePlan = "SET plan_cache_mode = force_generic_plan";

    private readonly PostgresDatabase _database;
    private readonly PostgresOptions _options;
    private readonly StorageInstruments _instruments;
    private readonly ILogger<PostgresEventWriter> _logger;
    private readonly Channel<PendingAppend> _queue;
    private readonly Task _working;
    private NpgsqlConnection? _connection;

    public PostgresEventWriter(
        PostgresDatabase database, IOptions<PostgresOptions> options, StorageInstruments instruments, ILogger<PostgresEventWriter> logger)
    {
        _database = database;
        _options = options.Value;
        _instruments = instruments;
        _logger = logger;
        _queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(_options.QueueLimit) { SingleReader = true });
        instruments.ObserveQueue(() => _queue.Reader.Count);
        _working = Task.Run(WorkAsync);
    }

    /// <inheritdoc cref="Behaviours.IBehaviourLog.AppendAsync"/>
    public Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken)
    {
        var pending = new PendingAppend(events, cancellationToken);
        return _queue.Writer.TryWrite(pending)
            ? pending.Task
            : Task.FromException<AppendResult>(new StoreUnavailableException("Too many writes wait for the database, or it is closing."));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _working.ConfigureAwait(false);
    }

    private async Task WorkAsync()
    {
        List<PendingAppend> group = [];
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            group.Clear();
            int events = 0;
            while (events < _options.GroupLimit && _queue.Reader.TryRead(out PendingAppend? next))
            {
                if (!next.IsCancelled)
                {
                    group.Add(next);
                    events += next.Events.Count;
                }
            }

            if (group.Count > 0)
            {
                await CommitAsync(group).ConfigureAwait(false);
            }
        }

        await CloseAsync().ConfigureAwait(false);
    }

    private async Task CommitAsync(List<PendingAppend> group)
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            NpgsqlConnection connection = await ConnectionAsync().ConfigureAwait(false);
            bool[] applied = await EventGroup.AppendAsync(connection, [.. group.SelectMany(p => p.Events)], CancellationToken.None).ConfigureAwait(false);
            _instruments.Committed(group.Count, Stopwatch.GetElapsedTime(start));
            int first = 0;
            foreach (PendingAppend pending in group)
            {
                pending.Complete(applied.AsSpan(first, pending.Events.Count));
                first += pending.Events.Count;
            }
        }
        catch (Exception e)
        {
            // The server is away or has no room: the callers may retry, and the next group starts with a fresh connection.
            LogGroupFailed(e, group.Count);
            await CloseAsync().ConfigureAwait(false);
            StoreUnavailableException unavailable = PostgresDatabase.Unavailable("written", e);
            group.ForEach(p => p.Fail(unavailable));
        }
    }

    private async Task<NpgsqlConnection> ConnectionAsync()
    {
        if (_connection is null)
        {
            _connection = await _database.Source.OpenConnectionAsync().ConfigureAwait(false);
            NpgsqlCommand command = _connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = OnePlan;
                await command.ExecuteNonQueryAsync().ConfigureAwait(false);
            }
        }

        return _connection;
    }

    private async Task CloseAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
            _connection = null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A transaction of {Writes} appends failed; their callers may retry")]
    private partial void LogGroupFailed(Exception error, int writes);
}
