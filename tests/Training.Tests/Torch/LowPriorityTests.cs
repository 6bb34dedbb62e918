using DinOrleans.Training.Torch;

namespace DinOrleans.Training.Tests.Torch;

public sealed class LowPriorityTests
{
    [Fact]
    public async Task RunAsync_OnLinux_GivesTheThreadAndThoseThatItStartsTheNiceness()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no niceness of threads.");
        (int? Own, int? Started) nice = await LowPriority.RunAsync(15, () => (LowPriority.Niceness(), OnAThread(LowPriority.Niceness)));
        Assert.Equal((15, 15), nice);
    }

    /// <summary>A thread of the pool that is started by the end of the work must not stand back for ever.</summary>
    [Fact]
    public void RunAsync_OnLinux_LeavesTheCallerAndWhoAnswersAsTheyAre()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no niceness of threads.");
        (int? Before, int? After, int? Answered) seen = OnAThread(() =>
        {
            int? before = LowPriority.Niceness();
            Task<int?> answered = LowPriority.RunAsync(15, () => 0).ContinueWith(
                _ => LowPriority.Niceness(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return (before, LowPriority.Niceness(), answered.GetAwaiter().GetResult());
        });
        Assert.Equal((0, 0, 0), seen);
    }

    [Fact]
    public async Task RunAsync_WorkThatThrows_ThrowsIt() =>
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidDataException>(() => LowPriority.RunAsync<int>(5, () => throw new InvalidDataException("no")))).Message);

    private static T OnAThread<T>(Func<T> look)
    {
        T? seen = default;
        var thread = new Thread(() => seen = look());
        thread.Start();
        thread.Join();
        return seen!;
    }
}
