using System.Collections.Concurrent;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.TestMachine;
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
        var rankings = new ConcurrentQueue<Ranking>();
        Task load = Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(() => RankUntilAsync(shop, rankings, stop.Token), Cancellation)));
        await WaitForLoadAsync(rankings, load, first);
        string second = await shop.PublishAsync(seed: 2);
        expected[second] = await ScoresAsync(shop);
        await WaitForLoadAsync(rankings, load, second);
        await stop.CancelAsync();
        await load;
        Assert.NotEqual(expected[first], expected[second]);
        Assert.All(rankings, r => Assert.Equal(expected[r.ModelVersion!], Sorted(r), (a, b) => a.Length == b.Length && a.Zip(b).All(p => Math.Abs(p.First - p.Second) < 1e-5)));
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
        ModelRegistry waiting = await shop.WaitForAsync("the second version is active", r => r.Assignment.Active == version);
        Assert.Equal(first, waiting.Assignment.Retiring);
        shop.Service<ModelHost>(1).Lease(first)!.Dispose();
        lease.Dispose();
        await shop.WaitForAsync("no version is retiring", r => r.Assignment.Retiring is null);
        await Eventually.BecomesAsync("the first version is released", () => IsReleased(lease.Model), released => released, cancellationToken: Cancellation);
        Assert.Null(shop.Service<ModelHost>(0).Lease(first));
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

    private static RankQuery Query { get; } = new() { Candidates = SmallShop.ItemIds };

    private static bool IsReleased(LoadedModel model)
    {
        using ModelLease? lease = model.TryLease();
        return lease is null;
    }

    private static async Task<float[]> ScoresAsync(ShopCluster shop) => Sorted(await shop.User("a").RankAsync(Query, Cancellation));

    private static float[] Sorted(Ranking ranking) => [.. ranking.Items.OrderBy(i => i.ItemId, StringComparer.Ordinal).Select(i => i.Score)];

    private static async Task RankUntilAsync(ShopCluster shop, ConcurrentQueue<Ranking> rankings, CancellationToken stop)
    {
        for (int i = 0; !stop.IsCancellationRequested; i++)
        {
            rankings.Enqueue(await shop.User($"u{i % 20}").RankAsync(Query, Cancellation));
        }
    }

    private static async Task WaitForLoadAsync(ConcurrentQueue<Ranking> rankings, Task load, string version) => await Eventually.BecomesAsync(
        $"the load is ranked by {version}",
        () => (ByIt: rankings.Count(r => r.ModelVersion == version), Of: rankings.Count, Failed: load.Exception),
        seen => seen.ByIt > 0 || seen.Failed is not null,
        cancellationToken: Cancellation);
}
