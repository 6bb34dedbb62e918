using DinOrleans.Contracts.Users;
using DinOrleans.Storage;
using DinOrleans.Storage.Behaviours;
using DinOrleans.TestLog;
using DinOrleans.Training.Service;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Training.Tests.Service;

public sealed class PositiveCountTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SinceAsync_AskedOften_CountsAtMostOnePartInFiftyOfTheTime()
    {
        var time = new FakeTimeProvider();
        var log = new SlowLog(time, TimeSpan.FromSeconds(2));
        var positives = new PositiveCount(log, time);
        DateTimeOffset from = DateTimeOffset.UnixEpoch;
        for (int second = 0; second < 1_000; second++)
        {
            long count = await positives.SinceAsync(LogOf.Schema(), from, Cancellation);
            Assert.Equal(log.Counts, count);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(log.Counts, 9, 10);
    }

    [Fact]
    public async Task SinceAsync_FromAnotherMoment_CountsAtOnce()
    {
        var time = new FakeTimeProvider();
        var log = new SlowLog(time, TimeSpan.FromSeconds(2));
        var positives = new PositiveCount(log, time);
        await positives.SinceAsync(LogOf.Schema(), DateTimeOffset.UnixEpoch, Cancellation);
        Assert.Equal(2, await positives.SinceAsync(LogOf.Schema(), DateTimeOffset.UnixEpoch.AddDays(1), Cancellation));
    }

    /// <summary>A log whose counts take time, and of which each count finds one more event.</summary>
    private sealed class SlowLog(FakeTimeProvider time, TimeSpan takes) : IBehaviourLog
    {
        public long Counts { get; private set; }

        public Task<long> CountSinceAsync(IReadOnlyList<string> types, DateTimeOffset after, CancellationToken cancellationToken)
        {
            Assert.Equal(["click"], types);
            time.Advance(takes);
            return Task.FromResult(++Counts);
        }

        public Task<IReadOnlyDictionary<string, long>> CountByItemAsync(IReadOnlyList<string> types, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<BehaviourEvent>> ReadRecentAsync(string userId, IReadOnlyList<string>? types, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Placed<BehaviourEvent>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<BehaviourEvent> ReadAllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task EraseUserAsync(string userId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
