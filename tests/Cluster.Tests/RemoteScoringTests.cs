using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Cluster.Tests;

/// <summary>Users on silos that do not score themselves.</summary>
public sealed class RemoteScoringTests
{
    private const int OfUsers = 0;
    private const int OfAccelerator = 1;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RankQuery Query { get; } = new() { Candidates = SmallShop.ItemIds };

    [Fact]
    public async Task RankAsync_FromASiloWithoutAccelerator_IsScoredWhereOneIs()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync(2, "none", "cpu");
        await shop.PutItemsAsync();
        string version = await shop.PublishAsync();
        using var here = new ScoredRequests(shop, OfUsers);
        using var there = new ScoredRequests(shop, OfAccelerator);
        shop.PlaceOn(OfUsers);

        Ranking[] rankings = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => shop.User($"u{i}").RankAsync(Query, Cancellation)));

        Assert.All(rankings, r => Assert.Equal(version, r.ModelVersion));
        Assert.Equal((0, 40), (here.Count, there.Count));
        Assert.Equal(40, await shop.CountUsersAsync(OfUsers));
        ModelLease lease = shop.Service<ModelHost>(OfAccelerator).Lease(version)!;
        lease.Dispose();
        Assert.True(lease.Model.IsIdle);
    }

    /// <summary>The silos follow the registry only when the test says so.</summary>
    [Fact]
    public async Task RankAsync_WithAVersionThatTheScoringSiloHasLetGo_CatchesUpAndRanksWithTheNewOne()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync(SmallShop.Schema, 2, ["none", "cpu"], silo =>
        {
            silo.Services.AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System);
            silo.Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        });
        await shop.PutItemsAsync();
        string first = await PublishAsync(shop, seed: 1);
        shop.PlaceOn(OfUsers);
        Assert.Equal(first, (await shop.User("u").RankAsync(Query, Cancellation)).ModelVersion);
        string second = await PublishAsync(shop, seed: 2, OfAccelerator);
        await shop.Service<ModelHost>(OfAccelerator).ApplyAsync(new(second, Target: null, Retiring: null), Cancellation);
        Assert.Null(shop.Service<ModelHost>(OfAccelerator).Lease(first));
        Assert.Equal(first, ActiveVersion(shop, OfUsers));

        Ranking ranking = await shop.User("u").RankAsync(Query, Cancellation);

        Assert.Equal((RankingSource.Model, second), (ranking.Source, ranking.ModelVersion));
        Assert.Equal(second, ActiveVersion(shop, OfUsers));
    }

    private static string? ActiveVersion(ShopCluster shop, int silo)
    {
        using ModelLease? lease = shop.Service<ModelHost>(silo).LeaseActive();
        return lease?.Model.Version;
    }

    /// <summary>Publishes; both silos load the version and say so, and then some follow until they serve it.</summary>
    private static async Task<string> PublishAsync(ShopCluster shop, int seed, params int[] followers)
    {
        string version = shop.WriteVersion(seed);
        await shop.Registry.PublishAsync(version, Cancellation);
        foreach (int silo in (int[])[OfUsers, OfAccelerator, OfUsers, OfAccelerator])
        {
            await shop.Service<RegistrySync>(silo).SyncAsync(Cancellation);
        }

        foreach (int silo in followers is [] ? [OfAccelerator, OfUsers] : followers)
        {
            for (int round = 0; ActiveVersion(shop, silo) != version; round++)
            {
                Assert.True(round < 10, $"silo {silo} serves {ActiveVersion(shop, silo)}; {await shop.Registry.GetAsync(Cancellation)}");
                await shop.Service<RegistrySync>(silo).SyncAsync(Cancellation);
            }
        }

        return version;
    }
}
