using DinOrleans.Contracts.Users;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Cluster.Tests;

public sealed class ClockTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RankQuery Query { get; } = new() { Candidates = SmallShop.ItemIds };

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task RankAsync_AfterTheClockWasSetByADay_ServesUsersInMemoryAndOthers(int days)
    {
        var clock = new SetClock();
        await using ShopCluster shop = await ShopCluster.StartAsync(SmallShop.Schema, 1, [], silo => silo.Services.AddSingleton<TimeProvider>(clock));
        await shop.PutItemsAsync();
        string version = await shop.PublishAsync();
        await shop.User("before").RankAsync(Query, Cancellation);

        clock.Set(TimeSpan.FromDays(days));

        Assert.Equal(version, (await shop.User("before").RankAsync(Query, Cancellation)).ModelVersion);
        Assert.Equal(version, (await shop.User("after").RankAsync(Query, Cancellation)).ModelVersion);
    }

    /// <summary>The machine's clock, which somebody sets.</summary>
    private sealed class SetClock : TimeProvider
    {
        private long _offset;

        public void Set(TimeSpan offset) => Volatile.Write(ref _offset, offset.Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _offset));
    }
}
