using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Client;

/// <summary>
/// Sends events in the background, many in one request, and again for as long as the server cannot take them. An event is applied once, because its id
/// stays the same. What waits is in memory: it is lost with the process, unless <see cref="FlushAsync"/> has returned.
/// </summary>
public sealed partial class EventSender : IAsyncDisposable
{
    private readonly IDinOrleansClient _client;
    private readonly EventSenderOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<EventSender> _logger;
    private readonly Channel<Entry> _queue;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _sending;
    private long _refused;
    private int _isFailing;

    /// <param name="client">The server.</param>
    /// <param name="options">How many events wait, and how they are gathered.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told once when the server cannot take events, once when it can again, and of each event that it refuses.</param>
    public EventSender(IDinOrleansClient client, IOptions<EventSenderOptions> options, TimeProvider time, ILogger<EventSender> logger)
    {
        _client = client;
        _options = options.Value;
        _time = time;
        _logger = logger;
        _queue = Channel.CreateBounded<Entry>(new BoundedChannelOptions(_options.QueueLimit) { SingleReader = true });
        _sending = Task.Run(RunAsync);
    }

    /// <summary>The number of events that the server refused for good, because they break a rule.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Takes an event on. Waits for room where too many wait to be sent.</summary>
    /// <exception cref="ChannelClosedException">The sender is disposed.</exception>
    public ValueTask SendAsync(BehaviourEvent behaviour, CancellationToken cancellationToken = default) =>
        _queue.Writer.WriteAsync(new(behaviour, null), cancellationToken);

    /// <summary>Takes an event on if there is room for it.</summary>
    /// <returns>False where too many events wait, or the sender is disposed. The event is not sent.</returns>
    public bool TrySend(BehaviourEvent behaviour) => _queue.Writer.TryWrite(new(behaviour, null));

    /// <summary>Returns after every event that was taken on before has been applied or refused.</summary>
    /// <exception cref="ChannelClosedException">The sender is disposed.</exception>
    /// <exception cref="OperationCanceledException">The sender was stopped before all were sent.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new(null, done), cancellationToken).ConfigureAwait(false);
        await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends what waits, for as long as the options say, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
        {
            await _sending.ConfigureAwait(false);
            return;
        }

        using var late = new CancellationTokenSource(_options.StopWithin, _time);
        await using (late.Token.Register(_stopping.Cancel).ConfigureAwait(false))
        {
            await _sending.ConfigureAwait(false);
        }

        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        List<BehaviourEvent> batch = [];
        List<TaskCompletionSource> flushes = [];
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await GatherAsync().ConfigureAwait(false);
            while (batch.Count < _options.BatchLimit && flushes.Count == 0 && _queue.Reader.TryRead(out Entry next))
            {
                if (next.Behaviour is { } behaviour)
                {
                    batch.Add(behaviour);
                }
                else
                {
                    flushes.Add(next.Flush!);
                }
            }

            bool isSent = await SendUntilTakenAsync(batch).ConfigureAwait(false);
            flushes.ForEach(f => _ = isSent ? f.TrySetResult() : f.TrySetCanceled());
            batch.Clear();
            flushes.Clear();
        }
    }

    private async Task GatherAsync()
    {
        if (_options.GatherFor > TimeSpan.Zero && _queue.Reader.Count < _options.BatchLimit)
        {
            await Task.Delay(_options.GatherFor, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>False where the sender was stopped before the server took the events.</returns>
    private async Task<bool> SendUntilTakenAsync(List<BehaviourEvent> batch)
    {
        while (batch.Count > 0 && !_stopping.IsCancellationRequested)
        {
            try
            {
                await _client.AppendEventsAsync(batch, _stopping.Token).ConfigureAwait(false);
                batch.Clear();
                if (Interlocked.Exchange(ref _isFailing, 0) == 1)
                {
                    LogTakenAgain();
                }
            }
            catch (DinOrleansException e) when (BrokenEvents(e, batch.Count) is { Count: > 0 } broken)
            {
                Drop(batch, broken);
            }
            catch (DinOrleansException e)
            {
                if (Interlocked.Exchange(ref _isFailing, 1) == 0)
                {
                    LogNotTaken(e);
                }

                await Task.Delay(_options.RetryAfter, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        if (batch.Count > 0)
        {
            LogLost(batch.Count + _queue.Reader.Count);
        }

        return batch.Count == 0;
    }

    /// <summary>The first broken rule of each event that breaks one, by the event's place in the request.</summary>
    private static Dictionary<int, BrokenRule> BrokenEvents(DinOrleansException refusal, int count)
    {
        Dictionary<int, BrokenRule> broken = [];
        foreach (BrokenRule error in refusal.Errors)
        {
            if (EventField.Place(error.Field) is { } place && place < count)
            {
                broken.TryAdd(place, error);
            }
        }

        return broken;
    }

    private void Drop(List<BehaviourEvent> batch, Dictionary<int, BrokenRule> broken)
    {
        foreach ((int place, BrokenRule error) in broken.OrderByDescending(b => b.Key))
        {
            LogRefused(batch[place].EventId, error.Field[(error.Field.IndexOf(']') + 1)..].TrimStart('.'), error.Rule);
            batch.RemoveAt(place);
        }

        Interlocked.Add(ref _refused, broken.Count);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server does not take events. They wait and are sent again")]
    private partial void LogNotTaken(Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The server takes events again")]
    private partial void LogTakenAgain();

    [LoggerMessage(Level = LogLevel.Error, Message = "The server refused event {EventId}: {Field} {Rule}")]
    private partial void LogRefused(string eventId, string field, string rule);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sender was stopped before {Events} events were taken by the server. They are lost")]
    private partial void LogLost(int events);

    /// <param name="Behaviour">The event; null for a flush.</param>
    /// <param name="Flush">Is completed after everything before it was sent; null for an event.</param>
    private readonly record struct Entry(BehaviourEvent? Behaviour, TaskCompletionSource? Flush);
}
