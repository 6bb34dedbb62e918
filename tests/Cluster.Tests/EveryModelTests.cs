using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Items;
using DinOrleans.Model.Ranking;
using DinOrleans.TestShop;

namespace DinOrleans.Cluster.Tests;

[Trait("Category", "Slow")]
public sealed class EveryModelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RankAsync_EveryModel_ScoresWithIt()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await PutCheapItemsAsync(shop);
        await shop.User("a").AppendAsync([.. Enumerable.Range(3, 5).Select(i => ShopCluster.Click("a", $"i{i}", i))], Cancellation);
        var query = new RankQuery { Candidates = SmallShop.ItemIds, Context = new Dictionary<string, string> { ["device"] = "ios" } };
        Dictionary<string, float[]> scores = [];
        foreach (string kind in RankingModels.Names)
        {
            string version = await shop.PublishAsync(kind: kind);
            Ranking ranking = await shop.User("a").RankAsync(query, Cancellation);

            Assert.Equal((RankingSource.Model, version, 5), (ranking.Source, ranking.ModelVersion, ranking.HistoryLength));
            Assert.Equal(SmallShop.ItemIds.Order(), ranking.Items.Select(i => i.ItemId).Order());
            Assert.All(ranking.Items, i => Assert.True(i.Score is > 0 and < 1, $"{kind} scores {i.ItemId} {i.Score}"));
            scores[kind] = [.. ranking.Items.OrderBy(i => i.ItemId, StringComparer.Ordinal).Select(i => i.Score)];
            Assert.True(scores[kind].Distinct().Count() > 10, $"{kind} scores {string.Join(' ', scores[kind])}");
        }

        Assert.All(scores, one => Assert.DoesNotContain(scores, other => other.Key != one.Key && other.Value.SequenceEqual(one.Value)));
    }

    /// <summary>Untrained versions do not scale numbers, and products of large ones are probabilities of 1 in float32.</summary>
    private static async Task PutCheapItemsAsync(ShopCluster shop)
    {
        await shop.Items.PutAsync(
            [.. SmallShop.ItemIds.Select((id, i) => new Item(id, new Dictionary<string, string> { ["category"] = $"c{i % 3}", ["price"] = $"0.{i}" }))],
            Cancellation);
        await shop.Service<ItemCatalogue>(silo: 0).RefreshAsync(Cancellation);
    }
}
