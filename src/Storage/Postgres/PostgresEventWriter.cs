using System.Diagnostics;
using System.Threading.Channels;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.ItemDays;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>
/// Writes the events of a process, on a connection of its own. Everything that is queued shares one transaction. A caller is answered after
/// the commit is on disk.
/// </summary>
public sealed partial class PostgresEventWriter : IAsyncDisposable
{
    /// <summary>Keeps one plan for short and long arrays. A plan made for one size would read whole tables for another.</summary>
    private const string OnePlan = "SET plan_cache_mode = force_generic_plan";

    private readonly PostgresDatabase _database;
    private readonly PostgresOptions _options;
    private readonly ItemDayCounts _itemDays;
    private readonly StorageInstruments _instruments;
    private readonly ILogger<PostgresEventWriter> _logger;
    private readonly QueueBudget _budget;
    private readonly Channel<PendingAppend> _queue;
    private readonly Task _working;
    private NpgsqlConnection? _connection;

    public PostgresEventWriter(
        PostgresDatabase database, IOptions<PostgresOptions> options, ItemDayCounts itemDays, StorageInstruments instruments, ILogger<PostgresEventWriter> logger)
    {
        _database = database;
        _options = options.Value;
        _itemDays = itemDays;
        _instruments = instruments;
        _logger = logger;
        _budget = new QueueBudget(_options.QueueBytes);
        _queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(_options.QueueLimit) { SingleReader = true });
        instruments.ObserveQueue(() => _queue.Reader.Count);
        _working = Task.Run(WorkAsync);
    }

    /// <inheritdoc cref="Behaviours.IBehaviourLog.AppendAsync"/>
    public Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken)
    {
        var pending = new PendingAppend(events, cancellationToken);
        if (_budget.TryTake(pending.Bytes))
        {
            if (_queue.Writer.TryWrite(pending))
            {
                return pending.Task;
            }

            _budget.Return(pending.Bytes);
        }

        return Task.FromException<AppendResult>(new StoreUnavailableException("Too many writes wait for the database, or it is closing."));
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
            long bytes = 0;
            while (events < _options.GroupLimit && _queue.Reader.TryRead(out PendingAppend? next))
            {
                bytes += next.Bytes;
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

            _budget.Return(bytes);
        }

        await CloseAsync().ConfigureAwait(false);
    }

    private async Task CommitAsync(List<PendingAppend> group)
    {
        Exception? failure = await TryCommitAsync(group).ConfigureAwait(false);
        if (failure is InternalErrorException && group.Count > 1)
        {
            // One append that the database will never take must not fail those that wait beside it.
            await CloseAsync().ConfigureAwait(false);
            foreach (PendingAppend pending in group)
            {
                await CommitAsync([pending]).ConfigureAwait(false);
            }
        }
        else if (failure is not null)
        {
            // The callers are answered first, because the connection may not even close. The next group starts with a fresh one.
            group.ForEach(p => p.Fail(failure));
            await CloseAsync().ConfigureAwait(false);
        }
    }

    /// <returns>Null where the group is on disk and its callers are answered; otherwise the exception for the callers.</returns>
    private async Task<Exception?> TryCommitAsync(List<PendingAppend> group)
    {
        try
        {
            using Activity? span = StorageActivities.Commit(group, p => p.Caller);
            long start = Stopwatch.GetTimestamp();
            NpgsqlConnection connection = await ConnectionAsync().ConfigureAwait(false);
            AppendOutcome[] outcomes = await EventGroup.AppendAsync(connection, [.. group.SelectMany(p => p.Events)], CancellationToken.None).ConfigureAwait(false);
            _instruments.Committed(group.Count, Stopwatch.GetElapsedTime(start));
            _itemDays.Add(group.SelectMany(p => p.Events).Zip(outcomes).Where(e => e.Second == AppendOutcome.Applied).Select(e => e.First));
            int first = 0;
            foreach (PendingAppend pending in group)
            {
                pending.Complete(outcomes.AsSpan(first, pending.Events.Count));
                first += pending.Events.Count;
            }

            return null;
        }
        catch (Exception e)
        {
            return _database.Failed("written", e);
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
        NpgsqlConnection? connection = _connection;
        _connection = null;
        try
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (PostgresFault.IsTemporary(e))
        {
            LogNotClosed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection to the database failed while it was closed")]
    private partial void LogNotClosed(Exception error);
}
