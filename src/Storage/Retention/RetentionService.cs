using DinOrleans.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Storage.Retention;

/// <summary>Removes old events and rankings periodically, in small steps between the writes of callers.</summary>
public sealed partial class RetentionService(
    IRetentionStore store, IOptions<RetentionOptions> options, StorageInstruments instruments, TimeProvider time, ILogger<RetentionService> logger)
    : BackgroundService
{
    private readonly RetentionOptions _options = options.Value;

    /// <summary>Makes one pass over the behaviour log and the ranking log.</summary>
    /// <returns>The number of rows that were removed.</returns>
    /// <exception cref="StoreUnavailableException">The pass was cut short. The next one starts again.</exception>
    /// <exception cref="InternalErrorException">The pass was cut short by an error that a retry will not mend.</exception>
    public async Task<long> PassAsync(CancellationToken cancellationToken)
    {
        long removed = await TrimRankingsAsync(cancellationToken).ConfigureAwait(false);
        removed += await TrimEventsAsync(cancellationToken).ConfigureAwait(false);
        return removed;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.Period, time);
        try
        {
            do
            {
                await TryPassAsync(stoppingToken).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private async Task TryPassAsync(CancellationToken cancellationToken)
    {
        try
        {
            long removed = await PassAsync(cancellationToken).ConfigureAwait(false);
            LogPassed(removed);
        }
        catch (Exception e) when (e is StoreUnavailableException or InternalErrorException)
        {
            LogCutShort(e);
        }
    }

    private async Task<long> TrimRankingsAsync(CancellationToken cancellationToken)
    {
        long removed = 0;
        int step = _options.MaxRankingAge is null ? 0 : _options.RowsAStep;
        while (step == _options.RowsAStep)
        {
            step = await store.TrimRankingsAsync(time.GetUtcNow() - _options.MaxRankingAge!.Value, step, cancellationToken).ConfigureAwait(false);
            instruments.Trimmed("ranking", step);
            removed += step;
        }

        return removed;
    }

    private async Task<long> TrimEventsAsync(CancellationToken cancellationToken)
    {
        var limits = new EventLimits(_options.MaxEventAge is { } age ? time.GetUtcNow() - age : null, _options.MaxEventsAUser);
        long removed = 0;
        long? next = limits == default ? null : 0;
        while (next is { } after)
        {
            TrimStep step = await store.TrimEventsAsync(limits, after, _options.RowsAStep, cancellationToken).ConfigureAwait(false);
            instruments.Trimmed("event", step.Removed);
            removed += step.Removed;
            next = step.Next;
        }

        return removed;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Rows} old rows from the behaviour log and the ranking log")]
    private partial void LogPassed(long rows);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A pass that removes old rows was cut short. The next pass starts again")]
    private partial void LogCutShort(Exception error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Stopped between two passes that remove old rows")]
    private partial void LogStopped();
}
