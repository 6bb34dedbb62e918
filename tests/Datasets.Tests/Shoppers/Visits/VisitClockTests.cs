using DinOrleans.Datasets.Shoppers.Visits;
using DinOrleans.Datasets.Tests.Shoppers.Crowd;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Datasets.Tests.Shoppers.Visits;

public sealed class VisitClockTests
{
    private readonly FakeTimeProvider _time = new(CrowdRun.Start);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_WithARate_EndsWhenItIsTheVisitsTurn()
    {
        VisitClock clock = VisitClock.Real(4, _time);
        await clock.WaitAsync(0, Cancellation);
        Task third = clock.WaitAsync(3, Cancellation);

        _time.Advance(TimeSpan.FromMilliseconds(749));
        Assert.False(third.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await third;

        Assert.Equal(CrowdRun.Start.AddMilliseconds(750), clock.Now(3));
        Assert.True(clock.WaitAsync(2, Cancellation).IsCompletedSuccessfully, "a late visit begins at once");
    }

    [Fact]
    public void Wait_WithoutARate_EndsAtOnce() => Assert.True(VisitClock.Real(null, _time).WaitAsync(1000, Cancellation).IsCompletedSuccessfully);

    [Fact]
    public async Task Wait_OfAStoppedRun_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        Task waiting = VisitClock.Real(1, _time).WaitAsync(10, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => VisitClock.Virtual(CrowdRun.Start, TimeSpan.Zero).WaitAsync(0, stop.Token));
    }

    [Fact]
    public void Now_OfVirtualVisits_IsEvenlyApart()
    {
        VisitClock clock = VisitClock.Virtual(CrowdRun.Start, TimeSpan.FromSeconds(30));

        Assert.Equal(CrowdRun.Start.AddMinutes(5), clock.Now(10));
    }
}
