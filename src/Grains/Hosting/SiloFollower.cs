using DinOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Hosting;

/// <summary>
/// Work that a silo repeats beside its grains: once before the silo takes grains, then every period. A failed round is tried again with
/// the next; of failures that repeat, one per minute is logged.
/// </summary>
public abstract partial class SiloFollower(TimeSpan period, TimeProvider time, ILogger logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly RepeatedFailures _failures = new(time);
    private Task _following = Task.CompletedTask;

    /// <summary>When <see cref="LoadAsync"/> runs: before the silo takes grains, which it does at <see cref="ServiceLifecycleStage.Active"/>.</summary>
    protected virtual int LoadStage => ServiceLifecycleStage.ApplicationServices;

    /// <summary>Cancelled when the silo stops.</summary>
    protected CancellationToken Stopping => _stopping.Token;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(GetType().Name, LoadStage, LoadAsync);
        observer.Subscribe(GetType().Name, ServiceLifecycleStage.Active, StartAsync, StopAsync);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs before the silo takes grains; a failure ends the start.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>One round.</summary>
    /// <returns>Whether to go round again at once.</returns>
    protected abstract Task<bool> FollowAsync(CancellationToken cancellationToken);

    private Task StartAsync(CancellationToken cancellationToken)
    {
        // A task of its own, off the silo's scheduler: it must not end the start-up, nor hold it up.
        _following = Task.Run(() => RepeatAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
    }

    private async Task RepeatAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period, time);
        bool again = true;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!again)
                {
                    await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
                }

                again = await FollowAsync(cancellationToken).ConfigureAwait(false);
                if (_failures.HaveEnded(out int failures))
                {
                    LogRoundsSucceed(logger, GetType().Name, failures);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // What it follows may be away for a while: the silo serves on with what it has.
                again = false;
                if (_failures.ShouldLog(out int unlogged))
                {
                    LogRoundFailed(logger, e, GetType().Name, unlogged);
                }
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Follower} failed this round; the silo serves on with what it has. {Unlogged} more failures since the last one logged")]
    private static partial void LogRoundFailed(ILogger logger, Exception error, string follower, int unlogged);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Follower} succeeds again after {Failures} failed rounds")]
    private static partial void LogRoundsSucceed(ILogger logger, string follower, int failures);
}
