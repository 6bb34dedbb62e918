using DinOrleans.Grains.Hosting;
using DinOrleans.Storage;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Grains.Tests.Hosting;

public sealed class SiloFollowerTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_RoundsThatKeepFailing_LogsOnePerMinuteAndTheRecovery()
    {
        var time = new FakeTimeProvider();
        var logs = new FakeLogCollector();
        using var follower = new FailingFollower(Period, time, new FakeLogger(logs));
        var lifecycle = new Lifecycle();
        follower.Participate(lifecycle);
        await lifecycle.StartAsync(Cancellation);
        await RoundsAsync(follower, time, 100);
        Assert.Single(logs.GetSnapshot());

        time.Advance(RepeatedFailures.Quiet);
        await RoundsAsync(follower, time, follower.Rounds + 10);
        FakeLogRecord second = logs.GetSnapshot()[1];
        Assert.Equal(2, logs.Count);
        Assert.NotNull(second.Exception);
        Assert.Equal(LogLevel.Warning, second.Level);

        follower.Fails = false;
        await RoundsAsync(follower, time, follower.Rounds + 3);
        Assert.Equal(3, logs.Count);
        Assert.Contains("succeeds again", logs.LatestRecord.Message, StringComparison.Ordinal);
        await lifecycle.StopAsync(Cancellation);
    }

    private static async Task RoundsAsync(FailingFollower follower, FakeTimeProvider time, int rounds)
    {
        while (follower.Rounds < rounds)
        {
            int done = follower.Rounds;
            time.Advance(Period);
            await Eventually.BecomesAsync($"round {done + 1} of {rounds} is done", () => follower.Rounds, now => now > done, cancellationToken: Cancellation);
        }
    }

    private sealed class FailingFollower(TimeSpan period, TimeProvider time, ILogger logger) : SiloFollower(period, time, logger)
    {
        private int _rounds;

        public int Rounds => Volatile.Read(ref _rounds);

        public bool Fails { get; set; } = true;

        protected override Task LoadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        protected override Task<bool> FollowAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _rounds);
            return Fails ? throw new InvalidOperationException("away") : Task.FromResult(false);
        }
    }

    private sealed class Lifecycle : ISiloLifecycle
    {
        private readonly List<ILifecycleObserver> _observers = [];

        public int HighestCompletedStage => 0;

        public int LowestStoppedStage => 0;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            _observers.Add(observer);
            return new MemoryStream();
        }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            foreach (ILifecycleObserver observer in _observers)
            {
                await observer.OnStart(cancellationToken);
            }
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            foreach (ILifecycleObserver observer in Enumerable.Reverse(_observers))
            {
                await observer.OnStop(cancellationToken);
            }
        }
    }
}
