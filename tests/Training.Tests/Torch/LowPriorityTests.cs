using DinOrleans.Training.Torch;

namespace DinOrleans.Training.Tests.Torch;

public sealed class LowPriorityTests
{
    [Fact]
    public async Task RunAsync_OnLinux_GivesTheThreadAndThoseThatItStartsTheNiceness()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no niceness of threads.");
        int? before = LowPriority.Niceness();
        (int? Own, int? Started) nice = await LowPriority.RunAsync(15, () =>
        {
            int? started = null;
            var thread = new Thread(() => started = LowPriority.Niceness());
            thread.Start();
            thread.Join();
            return (LowPriority.Niceness(), started);
        });
        Assert.Equal((15, 15), nice);
        Assert.Equal(before, LowPriority.Niceness());
    }

    [Fact]
    public async Task RunAsync_WorkThatThrows_ThrowsIt() =>
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidDataException>(() => LowPriority.RunAsync<int>(5, () => throw new InvalidDataException("no")))).Message);
}
