namespace DinOrleans.Datasets.Shoppers.Visits;

/// <summary>When visits happen.</summary>
public abstract class VisitClock
{
    /// <summary>Waits until it is a visit's turn.</summary>
    /// <param name="visit">The number of the visit in its run, from 0.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public abstract Task WaitAsync(int visit, CancellationToken cancellationToken);

    /// <summary>The time that a visit's events have.</summary>
    /// <param name="visit">The number of the visit in its run, from 0.</param>
    public abstract DateTimeOffset Now(int visit);

    /// <summary>Visits in real time.</summary>
    /// <param name="perSecond">How many visits begin per second, evenly apart; null for as many as the shop answers.</param>
    /// <param name="time">The time.</param>
    public static VisitClock Real(double? perSecond, TimeProvider time) => new RealTime(perSecond, time);

    /// <summary>Visits without waiting, whose events are dated as if the visits were evenly apart.</summary>
    /// <param name="start">The time of the first visit.</param>
    /// <param name="apart">The time from one visit to the next.</param>
    public static VisitClock Virtual(DateTimeOffset start, TimeSpan apart) => new VirtualTime(start, apart);

    private sealed class RealTime(double? perSecond, TimeProvider time) : VisitClock
    {
        private readonly long _start = time.GetTimestamp();

        public override async Task WaitAsync(int visit, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (perSecond is { } rate && TimeSpan.FromSeconds(visit / rate) - time.GetElapsedTime(_start) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }

        public override DateTimeOffset Now(int visit) => time.GetUtcNow();
    }

    private sealed class VirtualTime(DateTimeOffset start, TimeSpan apart) : VisitClock
    {
        public override Task WaitAsync(int visit, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }

        public override DateTimeOffset Now(int visit) => start + (visit * apart);
    }
}
