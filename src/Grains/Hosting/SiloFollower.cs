using DinOrleans.Storage;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Hosting;

/// <summary>
/// Work that a silo repeats beside its grains: once before the silo takes grains, and then once per period. A failed round is followed by the next one
/// as usual. Of failures that repeat, one per minute is logged.
/// </summary>
public abstract partial class SiloFollower(TimeSpan period, TimeProvider time, ILogger logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly RepeatedFailures _failures = new(time);
    private Task _following = Task.CompletedTask;

    /// <summary>The stage at which <see cref="LoadAsync"/> runs. It must be before <see cref="ServiceLifecycleStage.Active"/>, at which the silo takes grains.</summary>
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

    /// <summary>Runs before the silo takes grains. A failure ends the start of the silo.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Runs one round.</summary>
    /// <returns>True to run the next round at once.</returns>
    protected abstract Task<bool> FollowAsync(CancellationToken cancellationToken);

    private Task StartAsync(CancellationToken cancellationToken)
    {
        // The task runs off the silo's scheduler, and the start does not wait for it.
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
                // What is followed may be away for a while. The silo goes on with what it has.
                again = false;
                if (_failures.ShouldLog(out int unlogged))
                {
                    LogRoundFailed(logger, e, GetType().Name, unlogged);
                }
            }
        }
    }

    [LoggerMessage(
        EventId = 302,
        Level = LogLevel.Warning,
        Message = "{Follower} failed this round, and the silo goes on with what it has. {Unlogged} more failures happened since the last one was logged")]
    private static partial void LogRoundFailed(ILogger logger, Exception error, string follower, int unlogged);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Follower} succeeds again after {Failures} failed rounds")]
    private static partial void LogRoundsSucceed(ILogger logger, string follower, int failures);
}
