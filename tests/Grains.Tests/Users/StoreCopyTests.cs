using DinOrleans.Grains.Users;

namespace DinOrleans.Grains.Tests.Users;

public sealed class StoreCopyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CatchUpAsync_TwiceWithoutAChange_ReadsOnce()
    {
        int reads = 0;
        var copy = new StoreCopy(() =>
        {
            reads++;
            return Task.CompletedTask;
        });
        Assert.False(copy.IsCurrent);
        await copy.CatchUpAsync(Cancellation);
        await copy.CatchUpAsync(Cancellation);
        Assert.True(copy.IsCurrent);
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task CatchUpAsync_ChangesFasterThanReads_StillEnds()
    {
        int reads = 0;
        StoreCopy copy = null!;
        copy = new StoreCopy(() =>
        {
            reads++;
            copy.Invalidate();
            return Task.CompletedTask;
        });
        await copy.CatchUpAsync(Cancellation).WaitAsync(Patience, Cancellation);
        Assert.Equal(1, reads);
        Assert.False(copy.IsCurrent);
    }

    [Fact]
    public async Task CatchUpAsync_ChangeDuringARead_WaitsForTheNextRead()
    {
        int stored = 1;
        int memory = 0;
        var first = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        int reads = 0;
        var copy = new StoreCopy(async () =>
        {
            int seen = stored;
            if (++reads == 1)
            {
                begun.SetResult();
                await first.Task;
            }

            memory = seen;
        });
        Task before = copy.CatchUpAsync(Cancellation);
        await begun.Task.WaitAsync(Patience, Cancellation);
        stored = 2;
        copy.Invalidate();
        Task after = copy.CatchUpAsync(Cancellation);
        first.SetResult();
        await Task.WhenAll(before, after).WaitAsync(Patience, Cancellation);
        Assert.Equal((2, 2), (memory, reads));
        Assert.True(copy.IsCurrent);
    }

    [Fact]
    public async Task CatchUpAsync_ReadThatFails_FailsAndReadsAgainNextTime()
    {
        bool isAway = true;
        var copy = new StoreCopy(() => isAway ? throw new InvalidOperationException("away") : Task.CompletedTask);
        await Assert.ThrowsAsync<InvalidOperationException>(() => copy.CatchUpAsync(Cancellation));
        isAway = false;
        await copy.CatchUpAsync(Cancellation);
        Assert.True(copy.IsCurrent);
    }

    [Fact]
    public async Task CatchUpAsync_CallerThatLeaves_DoesNotEndTheReadOfOthers()
    {
        var reading = new TaskCompletionSource();
        var copy = new StoreCopy(() => reading.Task);
        using var leaving = new CancellationTokenSource();
        Task leaves = copy.CatchUpAsync(leaving.Token);
        Task stays = copy.CatchUpAsync(Cancellation);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        reading.SetResult();
        await stays.WaitAsync(Patience, Cancellation);
        Assert.True(copy.IsCurrent);
    }
}
