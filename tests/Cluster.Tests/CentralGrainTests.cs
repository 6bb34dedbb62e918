using System.Collections.Concurrent;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Inference;
using DinOrleans.Grains.Users;
using DinOrleans.TestShop;

namespace DinOrleans.Cluster.Tests;

/// <summary>No grain that all users share is on the way of a ranking or an event, so that silos can be added.</summary>
public sealed class CentralGrainTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RankAsyncAndAppendAsync_OnSilosThatScore_CallNoOtherGrain()
    {
        ConcurrentBag<string> called = [];
        await using ShopCluster shop = await StartAsync(called);

        await UseAsync(shop);

        Assert.Empty(called);
    }

    [Fact]
    public async Task RankAsyncAndAppendAsync_OneSiloScores_CallOnlyItsInferenceGrains()
    {
        ConcurrentBag<string> called = [];
        await using ShopCluster shop = await StartAsync(called, "none", "cpu");

        await UseAsync(shop);

        Assert.Equal([typeof(IInferenceGrain).FullName!], called.Distinct());
    }

    private static Task<ShopCluster> StartAsync(ConcurrentBag<string> called, params string[] accelerators) => ShopCluster.StartAsync(
        SmallShop.Schema,
        silos: 2,
        accelerators,
        silo => silo.AddOutgoingGrainCallFilter(context =>
        {
            if (context.SourceContext?.GrainInstance is UserGrain)
            {
                called.Add(context.InterfaceName);
            }

            return context.Invoke();
        }));

    private static async Task UseAsync(ShopCluster shop)
    {
        await shop.PutItemsAsync();
        await shop.PublishAsync();
        for (int i = 0; i < 20; i++)
        {
            string user = $"user-{i}";
            shop.PlaceOn(i % 2);
            await shop.User(user).AppendAsync([ShopCluster.Click(user, "i1", 1)], Cancellation);
            Ranking ranking = await shop.User(user).RankAsync(new RankQuery { Candidates = SmallShop.ItemIds }, Cancellation);
            Assert.Equal(1, ranking.HistoryLength);
        }
    }
}
