using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Popularity;
using DinOrleans.Model.Schema;
using DinOrleans.TestMachine;
using DinOrleans.TestShop;

namespace DinOrleans.Cluster.Tests;

public sealed class RankingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RankAsync_BeforeAnyVersion_RanksByPopularity()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        await shop.User("a").AppendAsync([ShopCluster.Click("a", "i3", 1), ShopCluster.Click("a", "i3", 2), ShopCluster.Click("a", "i5", 3)], Cancellation);
        Ranking ranking = await Eventually.BecomesAsync(
            "the clicks count",
            async () =>
            {
                // By itself, the index rests for long after a count that took long.
                await shop.Service<PopularityIndex>(0).RefreshAsync(Cancellation);
                return await shop.User("b").RankAsync(Query("i1", "i5", "i3"), Cancellation);
            },
            r => r.Items[0].Score > 0,
            cancellationToken: Cancellation);
        Assert.Equal(RankingSource.Popularity, ranking.Source);
        Assert.Null(ranking.ModelVersion);
        Assert.Equal(["i3", "i5", "i1"], ranking.Items.Select(i => i.ItemId));
    }

    [Fact]
    public async Task RankAsync_WithAVersion_ScoresEveryCandidateInDescendingOrder()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        string version = await shop.PublishAsync();
        Ranking ranking = await shop.User("a").RankAsync(Query([.. SmallShop.ItemIds]), Cancellation);
        Assert.Equal(RankingSource.Model, ranking.Source);
        Assert.Equal(version, ranking.ModelVersion);
        Assert.Equal(0, ranking.HistoryLength);
        Assert.Equal(SmallShop.ItemIds.Order(), ranking.Items.Select(i => i.ItemId).Order());
        Assert.Equal(ranking.Items.OrderByDescending(i => i.Score).Select(i => i.ItemId), ranking.Items.Select(i => i.ItemId));
        Assert.All(ranking.Items, i => Assert.InRange(i.Score, 0.0001f, 0.9999f));
        Assert.True(ranking.Items.Select(i => i.Score).Distinct().Count() > 10);
    }

    [Fact]
    public async Task RankAsync_AfterAnAppend_UsesItAtOnce()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        await shop.PublishAsync();
        Ranking before = await shop.User("a").RankAsync(Query("i1", "i2"), Cancellation);
        AppendResult appended = await shop.User("a").AppendAsync([ShopCluster.Click("a", "i7", 1)], Cancellation);
        Ranking after = await shop.User("a").RankAsync(Query("i1", "i2"), Cancellation);
        Assert.Equal(new AppendResult(1, 0), appended);
        Assert.Equal((0, 1), (before.HistoryLength, after.HistoryLength));
        Assert.NotEqual(Scores(before), Scores(after));
    }

    [Fact]
    public async Task RankAsync_MoreBehavioursThanTheSequenceHolds_UsesTheMostRecent()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        await shop.PublishAsync();
        await shop.User("a").AppendAsync([.. Enumerable.Range(0, 15).Select(i => ShopCluster.Click("a", $"i{i}", i))], Cancellation);
        await shop.User("b").AppendAsync([.. Enumerable.Range(5, 10).Select(i => ShopCluster.Click("b", $"i{i}", i))], Cancellation);
        Ranking a = await shop.User("a").RankAsync(Query("i1", "i2"), Cancellation);
        Ranking b = await shop.User("b").RankAsync(Query("i1", "i2"), Cancellation);
        Assert.Equal(10, a.HistoryLength);
        Assert.Equal(Scores(b), Scores(a));
    }

    [Fact]
    public async Task RankAsync_Explained_GivesEachBehaviourItsWeight()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        await shop.PublishAsync();
        await shop.User("a").AppendAsync([ShopCluster.Click("a", "i7", 2), ShopCluster.Click("a", "i4", 1)], Cancellation);
        Ranking ranking = await shop.User("a").RankAsync(Query("i1", "i2", "i3") with { Explain = true, Limit = 2 }, Cancellation);
        Assert.Equal(2, ranking.Items.Count);
        Assert.Equal(["i4", "i7"], ranking.Explanation!.History.Select(b => b.ItemId));
        Assert.Equal(4, ranking.Explanation.Weights.Length);
        Assert.True(ranking.Explanation.Weights.ToArray().Distinct().Count() > 2);
    }

    [Theory]
    [InlineData("din")]
    [InlineData("base")]
    public async Task RankAsync_SeveralSequences_UsesTheMostRecentOfEach(string kind)
    {
        FeatureSchema schema = SmallShop.Schema with { OtherEvents = ["impression", "buy"], Sequences = [new("bought", ["buy"], 2)] };
        await using ShopCluster shop = await ShopCluster.StartAsync(schema);
        await shop.PutItemsAsync();
        await shop.PublishAsync(kind: kind);
        BehaviourEvent[] Clicks(string user) => [.. Enumerable.Range(5, 12).Select(i => ShopCluster.Click(user, $"i{i}", i))];
        BehaviourEvent Buy(string user, int second) => ShopCluster.Click(user, $"i{second}", second) with { Type = "buy" };
        await shop.User("a").AppendAsync([Buy("a", 1), Buy("a", 2), Buy("a", 3)], Cancellation);
        await shop.User("a").AppendAsync(Clicks("a"), Cancellation);
        await shop.User("b").AppendAsync([.. Clicks("b")[2..], Buy("b", 2), Buy("b", 3)], Cancellation);
        await shop.User("c").AppendAsync(Clicks("c"), Cancellation);
        await shop.User("d").AppendAsync([.. Clicks("d"), Buy("d", 1), Buy("d", 2)], Cancellation);

        RankQuery query = Query("i1", "i2", "i8") with { Explain = true };
        Ranking a = await shop.User("a").RankAsync(query, Cancellation);
        Ranking b = await shop.User("b").RankAsync(query, Cancellation);
        Ranking c = await shop.User("c").RankAsync(query, Cancellation);
        Ranking d = await shop.User("d").RankAsync(query, Cancellation);

        Assert.Equal((12, 12, 10, 12), (a.HistoryLength, b.HistoryLength, c.HistoryLength, d.HistoryLength));
        Assert.Equal(Scores(a), Scores(b));
        Assert.NotEqual(Scores(a), Scores(c));
        Assert.NotEqual(Scores(a), Scores(d));
        if (kind == "din")
        {
            Assert.Equal([.. Enumerable.Range(7, 10).Select(i => $"i{i}"), "i2", "i3"], a.Explanation!.History.Select(b => b.ItemId));
            Assert.Equal(12, a.Explanation.WeightsOf(0).Length);
            Assert.All(a.Explanation.WeightsOf(0).ToArray(), weight => Assert.NotEqual(0, weight));
        }
    }

    [Fact]
    public async Task RankAsync_UnknownItem_IsRankedAndFlagged()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        await shop.PublishAsync();
        Ranking ranking = await shop.User("a").RankAsync(Query("i1", "never seen"), Cancellation);
        Assert.Equal([("i1", false), ("never seen", true)], ranking.Items.Select(i => (i.ItemId, i.UnknownItem)).Order());
    }

    [Fact]
    public async Task RankAsync_AfterAnItemChanges_UsesItsNewFeatures()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync(silos: 2);
        await shop.PutItemsAsync();
        await shop.PublishAsync();
        Ranking before = await shop.User("a").RankAsync(Query("i1"), Cancellation);
        await shop.Items.PutAsync([new Item("i1", new Dictionary<string, string> { ["category"] = "c2", ["price"] = "900" })], Cancellation);
        await Eventually.BecomesAsync(
            "the user's silo has the item's new features",
            () => shop.User("a").RankAsync(Query("i1"), Cancellation),
            r => r.Items[0].Score != before.Items[0].Score,
            cancellationToken: Cancellation);
    }

    [Fact]
    public async Task RankAsync_WithProfileAndContext_DependsOnBoth()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        await shop.PublishAsync();
        Ranking plain = await shop.User("a").RankAsync(Query("i1"), Cancellation);
        Ranking mobile = await shop.User("a").RankAsync(Query("i1") with { Context = new Dictionary<string, string> { ["device"] = "ios" } }, Cancellation);
        await shop.User("a").PutProfileAsync(new UserProfile(new Dictionary<string, string> { ["age_band"] = "20-29" }), Cancellation);
        Ranking profiled = await shop.User("a").RankAsync(Query("i1"), Cancellation);
        Assert.Equal(3, new[] { plain, mobile, profiled }.Select(r => r.Items[0].Score).Distinct().Count());
    }

    [Fact]
    public async Task EraseAsync_Always_LeavesNothingAndIsIdempotent()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        await shop.PublishAsync();
        await shop.User("a").AppendAsync([ShopCluster.Click("a", "i7", 2)], Cancellation);
        await shop.User("a").PutProfileAsync(new UserProfile(new Dictionary<string, string> { ["age_band"] = "20-29" }), Cancellation);
        await shop.User("a").EraseAsync(Cancellation);
        await shop.User("a").EraseAsync(Cancellation);
        UserPage left = await shop.User("a").GetAsync(new(), Cancellation);
        Assert.Empty(left.Behaviours);
        Assert.Empty(left.Profile.Features);
        Assert.Equal(0, (await shop.User("a").RankAsync(Query("i1"), Cancellation)).HistoryLength);
    }

    private static RankQuery Query(params string[] candidates) => new() { Candidates = candidates };

    private static float[] Scores(Ranking ranking) => [.. ranking.Items.OrderBy(i => i.ItemId, StringComparer.Ordinal).Select(i => i.Score)];
}
