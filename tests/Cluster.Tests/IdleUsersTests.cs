using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Users;
using DinOrleans.TestMachine;
using DinOrleans.TestShop;

namespace DinOrleans.Cluster.Tests;

public sealed class IdleUsersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RankQuery Query { get; } = new() { Candidates = SmallShop.ItemIds };

    [Fact]
    public async Task RankAsync_OfMadeUpUsers_LeavesOnlyKnownUsersInMemory()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync(
            SmallShop.Schema, 1, [], silo => silo.LetIdleUsersLeave(known: TimeSpan.FromHours(1), unknown: TimeSpan.FromMilliseconds(300)));
        await shop.PutItemsAsync();
        await shop.User("with history").AppendAsync([ShopCluster.Click("with history", "i1", 1)], Cancellation);
        await shop.User("with profile").PutProfileAsync(new(new Dictionary<string, string> { ["age_band"] = "20-29" }), Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => shop.User($"made up {i}").RankAsync(Query, Cancellation)));

        await Eventually.BecomesAsync("only the known users are in memory", () => shop.CountUsersAsync(silo: 0), users => users <= 2, cancellationToken: Cancellation);

        Assert.Equal(2, await shop.CountUsersAsync(silo: 0));
    }
}
