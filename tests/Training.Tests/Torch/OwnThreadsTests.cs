using System.Collections.Concurrent;
using DinOrleans.TestMachine;
using DinOrleans.Training.Torch;

namespace DinOrleans.Training.Tests.Torch;

public sealed class OwnThreadsTests
{
    private const int Niceness = 15;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task ForEach_OfAThreadThatStandsBack_RunsOnSoManyThatDoTooAndOnNoneOfThePool(int count)
    {
        (int Thread, bool OfPool, int? Niceness)[] seen = await LowPriority.RunAsync(Niceness, () => See(count));
        Assert.All(seen, s => Assert.False(s.OfPool));
        Assert.All(seen, s => Assert.Equal(OperatingSystem.IsLinux() ? Niceness : null, s.Niceness));
        Assert.Equal(count, seen.Select(s => s.Thread).Distinct().Count());
    }

    [Fact]
    public void ForEach_WorkThatThrows_ThrowsItAndLeavesTheThreadsForMore()
    {
        using var threads = new OwnThreads(2);
        var options = new ParallelOptions { TaskScheduler = threads, MaxDegreeOfParallelism = 2 };
        AggregateException error = Assert.Throws<AggregateException>(() => Parallel.For(0, 100, options, i => throw new InvalidDataException($"{i}")));
        Assert.All(error.InnerExceptions, e => Assert.IsType<InvalidDataException>(e));
        int done = 0;
        Parallel.For(0, 100, options, _ => Interlocked.Increment(ref done));
        Assert.Equal(100, done);
    }

    /// <summary>Waits in each of the threads until all of them work.</summary>
    private static (int Thread, bool OfPool, int? Niceness)[] See(int count)
    {
        var seen = new ConcurrentQueue<(int, bool, int?)>();
        using var together = new Barrier(count);
        using var threads = new OwnThreads(count);
        Parallel.ForEach(Enumerable.Range(0, count), new ParallelOptions { TaskScheduler = threads, MaxDegreeOfParallelism = count }, _ =>
        {
            seen.Enqueue((Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread, LowPriority.Niceness()));
            if (!together.SignalAndWait(Eventually.Timeout))
            {
                throw new TimeoutException($"{seen.Count} of {count} threads work.");
            }
        });
        return [.. seen];
    }
}
