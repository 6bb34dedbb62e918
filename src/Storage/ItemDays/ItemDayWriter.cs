using DinOrleans.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage.ItemDays;

/// <summary>Writes what was counted every few seconds, and once more when the process stops.</summary>
public sealed partial class ItemDayWriter(ItemDayCounts counts, IItemDayStore store, TimeProvider time, ILogger<ItemDayWriter> logger) : BackgroundService
{
    private const int CountsAWrite = 1_000;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await WriteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes all counts. What cannot be written now is kept for the next time.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        ItemDayCount[] taken = counts.Take();
        int written = 0;
        try
        {
            foreach (ItemDayCount[] chunk in taken.Chunk(CountsAWrite))
            {
                await store.AddAsync(chunk, cancellationToken).ConfigureAwait(false);
                written += chunk.Length;
            }
        }
        catch (Exception e) when (e is StoreUnavailableException or InternalErrorException)
        {
            LogNotWritten(e, taken.Length - written);
        }
        finally
        {
            counts.Add(taken.Skip(written));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                await WriteAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Counts} counts of events per item and day could not be written and are tried again")]
    private partial void LogNotWritten(Exception error, int counts);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Stopped counting events per item and day")]
    private partial void LogStopped();
}
