using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Models;
using DinOrleans.TestShop;

namespace DinOrleans.Cluster.Tests;

public sealed class HotSwapTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PublishAsync_UnderLoad_FailsNoRankingAndMixesNoVersions()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync(silos: 2);
        await shop.PutItemsAsync();
        string first = await shop.PublishAsync(seed: 1);
        var expected = new Dictionary<string, float[]> { [first] = await ScoresAsync(shop) };
        using var stop = new CancellationTokenSource();
        Task<List<Ranking>>[] load = [.. Enumerable.Range(0, 8).Select(w => Task.Run(() => RankUntilAsync(shop, stop.Token), Cancellation))];
        string second = await shop.PublishAsync(seed: 2);
        expected[second] = await ScoresAsync(shop);
        await stop.CancelAsync();
        Ranking[] rankings = [.. (await Task.WhenAll(load)).SelectMany(r => r)];
        Assert.NotEqual(expected[first], expected[second]);
        Assert.All(rankings, r => Assert.Equal(expected[r.ModelVersion!], Sorted(r), (a, b) => a.Length == b.Length && a.Zip(b).All(p => Math.Abs(p.First - p.Second) < 1e-5)));
        Assert.Contains(rankings, r => r.ModelVersion == first);
    }

    [Fact]
    public async Task PublishAsync_OnceEverySiloHasMoved_TheOneBeforeIsReleased()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync(silos: 2);
        await shop.PutItemsAsync();
        string first = await shop.PublishAsync(seed: 1);
        ModelLease lease = shop.Service<ModelHost>(0).Lease(first)!;
        string version = shop.WriteVersion(seed: 2);
        await shop.Registry.PublishAsync(version, Cancellation);
        ModelRegistry waiting = await shop.WaitForAsync(r => r.Assignment.Active == version);
        Assert.Equal(first, waiting.Assignment.Retiring);
        shop.Service<ModelHost>(1).Lease(first)!.Dispose();
        lease.Dispose();
        await shop.WaitForAsync(r => r.Assignment.Retiring is null);
        await shop.WaitForAsync(_ => IsReleased(lease.Model));
        Assert.Null(shop.Service<ModelHost>(0).Lease(first));
    }

    [Fact]
    public async Task PublishAsync_DamagedArtifact_IsRefusedWithTheReasonAndTheOldOneServes()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        string first = await shop.PublishAsync(seed: 1);
        string damaged = shop.WriteVersion(seed: 2);
        await File.AppendAllTextAsync(Path.Combine(shop.Folder, "versions", damaged, "scorer.onnx"), "x", Cancellation);
        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(() => shop.Registry.PublishAsync(damaged, Cancellation));
        Assert.Contains("scorer.onnx", refused.Message);
        Assert.Equal(first, (await shop.User("a").RankAsync(Query, Cancellation)).ModelVersion);
    }

    [Fact]
    public async Task PublishAsync_UnknownVersion_IsRefused()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await Assert.ThrowsAsync<InvalidInputException>(() => shop.Registry.PublishAsync("nowhere", Cancellation));
        await Assert.ThrowsAsync<InvalidInputException>(() => shop.Registry.ActivateAsync("nowhere", Cancellation));
    }

    [Fact]
    public async Task ActivateAsync_AnEarlierVersion_GoesBackToIt()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        string first = await shop.PublishAsync(seed: 1);
        await shop.PublishAsync(seed: 2);
        await shop.Registry.ActivateAsync(first, Cancellation);
        await shop.WaitUntilServedAsync(first);
        Assert.Equal(first, (await shop.User("a").RankAsync(Query, Cancellation)).ModelVersion);
    }

    [Fact]
    public async Task RankAsync_FromASiloWithoutAccelerator_IsScoredWhereOneIs()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync(2, "none", "cpu");
        await shop.PutItemsAsync();
        string version = await shop.PublishAsync();
        Ranking[] rankings = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => shop.User($"u{i}").RankAsync(Query, Cancellation)));
        Assert.All(rankings, r => Assert.Equal(version, r.ModelVersion));
    }

    private static RankQuery Query { get; } = new() { Candidates = SmallShop.ItemIds };

    private static bool IsReleased(LoadedModel model)
    {
        using ModelLease? lease = model.TryLease();
        return lease is null;
    }

    private static async Task<float[]> ScoresAsync(ShopCluster shop) => Sorted(await shop.User("a").RankAsync(Query, Cancellation));

    private static float[] Sorted(Ranking ranking) => [.. ranking.Items.OrderBy(i => i.ItemId, StringComparer.Ordinal).Select(i => i.Score)];

    private static async Task<List<Ranking>> RankUntilAsync(ShopCluster shop, CancellationToken stop)
    {
        List<Ranking> rankings = [];
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            rankings.Add(await shop.User($"u{i % 20}").RankAsync(Query, Cancellation));
        }

        return rankings;
    }
}
