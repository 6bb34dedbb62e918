using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Hosting;

/// <summary>
/// Work that a silo repeats beside its grains: once before the silo takes grains, then every period. A failed round is logged
/// and tried again with the next.
/// </summary>
public abstract partial class SiloFollower(TimeSpan period, TimeProvider time, ILogger logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _following = Task.CompletedTask;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle observer)
    {
        observer.Subscribe(GetType().Name, ServiceLifecycleStage.ApplicationServices, LoadAsync);
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
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // What it follows may be away for a while: the silo serves on with what it has.
                again = false;
                LogRoundFailed(logger, e, GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Follower} failed this round; the silo serves on with what it has")]
    private static partial void LogRoundFailed(ILogger logger, Exception error, string follower);
}
