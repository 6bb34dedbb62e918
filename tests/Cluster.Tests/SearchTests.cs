using DinOrleans.Contracts;
using DinOrleans.Contracts.Health;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Health;
using DinOrleans.TestMachine;
using DinOrleans.TestShop;

namespace DinOrleans.Cluster.Tests;

/// <summary>What people look for and look at, through the grains of a cluster.</summary>
public sealed class SearchTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_UsersAndItems_PageByPageAndByFeature()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        await shop.User("u1").AppendAsync([ShopCluster.Click("u1", "i1", 1)], Cancellation);
        await shop.User("u2").AppendAsync([ShopCluster.Click("u2", "i1", 2)], Cancellation);
        await shop.User("u3").PutProfileAsync(new UserProfile(new Dictionary<string, string> { ["age_band"] = "20-29" }), Cancellation);
        IUserDirectoryGrain users = shop.Client.GetGrain<IUserDirectoryGrain>(0);
        UserIdPage page = await users.FindAsync(new UserSearch { Prefix = "u", Limit = 2 }, Cancellation);
        Assert.Equal(["u1", "u2"], page.UserIds);
        UserIdPage last = await users.FindAsync(new UserSearch { Prefix = "u", Limit = 2, After = page.Next }, Cancellation);
        Assert.Equal(["u3"], last.UserIds);
        Assert.Null(last.Next);
        Assert.Contains(Assert.Single((await users.FindAsync(new UserSearch { Random = true, Limit = 1 }, Cancellation)).UserIds), (string[])["u1", "u2"]);

        IItemSearchGrain items = shop.Client.GetGrain<IItemSearchGrain>(0);
        ItemPage found = await items.FindAsync(new ItemSearch { Feature = "category", Value = "c1", Limit = 3 }, Cancellation);
        Assert.Equal(["i1", "i10", "i13"], found.Items.Select(i => i.ItemId));
        Assert.Equal("i13", found.Next);
        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(() => items.FindAsync(new ItemSearch { Feature = "price", Value = "1" }, Cancellation));
        Assert.Equal("feature", Assert.Single(refused.Violations).Field);
    }

    [Fact]
    public async Task Popular_OfALogWithEvents_CountsThemAndKnowsFeatures()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        BehaviourEvent[] clicks = [ShopCluster.Click("u", "i4", 1), ShopCluster.Click("u", "i4", 2), ShopCluster.Click("u", "i7", 3), ShopCluster.Click("u", "i5", 4), ShopCluster.Click("u", "unknown", 5)];
        await shop.User("u").AppendAsync(clicks, Cancellation);
        IPopularItemsGrain popular = shop.Client.GetGrain<IPopularItemsGrain>(0);
        PopularItems all = await Eventually.BecomesAsync(
            "the events are counted", () => popular.GetAsync(new PopularItemsQuery(), Cancellation), p => p.CountedAt is not null, cancellationToken: Cancellation);
        Assert.Equal([("i4", 2L), ("i5", 1L), ("i7", 1L)], all.Items.Select(p => (p.Item.ItemId, p.Events)));
        PopularItems some = await popular.GetAsync(new PopularItemsQuery("category", "c1", 1), Cancellation);
        Assert.Equal(["i4"], some.Items.Select(p => p.Item.ItemId));
    }

    [Fact]
    public async Task Similar_OfTheActiveVersion_ComparesEmbeddings()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.PutItemsAsync();
        ISimilarItemsGrain grain = shop.Client.GetGrain<ISimilarItemsGrain>(0);
        Assert.Null(await grain.FindAsync("i1", 5, Cancellation));
        string version = await shop.PublishAsync();
        SimilarItems similar = (await grain.FindAsync("i1", 5, Cancellation))!;
        Assert.Equal((version, 5), (similar.Version, similar.Items.Count));
        Assert.DoesNotContain("i1", similar.Items.Select(i => i.ItemId));
        Assert.Equal(similar.Items.OrderByDescending(i => i.Similarity), similar.Items);
        SimilarItem nearest = similar.Items[0];
        SimilarItems back = (await grain.FindAsync(nearest.ItemId, 19, Cancellation))!;
        Assert.Equal(nearest.Similarity, back.Items.Single(i => i.ItemId == "i1").Similarity, 5);
        Assert.Null(await grain.FindAsync("unknown", 5, Cancellation));
    }

    [Fact]
    public async Task Origin_OfAPublishedVersion_IsThatOfItsManifest()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        IVersionOriginGrain origins = shop.Client.GetGrain<IVersionOriginGrain>(0);
        string version = await shop.PublishAsync();
        VersionOrigin origin = (await origins.GetAsync(version, Cancellation))!;
        Assert.Equal((version, "din"), (origin.Version, origin.Kind));
        Assert.Contains("attention", origin.Options, StringComparison.Ordinal);
        Assert.Null(await origins.GetAsync("../versions", Cancellation));
    }

    [Fact]
    public async Task Recent_AfterRankingsAndEvents_IsNewestFirst()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        IUserGrain user = shop.User("u");
        await user.AppendAsync([ShopCluster.Click("u", "i1", 1), ShopCluster.Click("u", "i2", 2), ShopCluster.Click("u", "i3", 3)], Cancellation);
        Ranking ranking = await user.RankAsync(new RankQuery { Candidates = ["i1", "i2"] }, Cancellation);
        UserRecent recent = await Eventually.BecomesAsync(
            "the ranking is logged", () => user.GetRecentAsync(2, Cancellation), r => r.Rankings.Count == 1, cancellationToken: Cancellation);
        Assert.Equal(["i3", "i2"], recent.Behaviours.Select(b => b.ItemId));
        Assert.Equal(ranking.RankingId, recent.Rankings[0].RankingId);
        await Assert.ThrowsAsync<InvalidInputException>(() => user.GetRecentAsync(InputLimits.SearchRows + 1, Cancellation));
    }

    [Fact]
    public async Task Load_OfEverySilo_IsReportedAndCountsRankings()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync(2, "cpu", "none");
        await shop.User("u").RankAsync(new RankQuery { Candidates = [.. SmallShop.ItemIds] }, Cancellation);
        IClusterLoadGrain load = shop.Client.GetGrain<IClusterLoadGrain>(0);
        IReadOnlyList<SiloLoad> silos = await Eventually.BecomesAsync(
            "both silos have reported", () => load.GetAsync(Cancellation), l => l.Count == 2 && l.Sum(s => s.Rankings) == 1, cancellationToken: Cancellation);
        Assert.Equal(shop.Silos.Select(s => s.SiloAddress.ToParsableString()).Order(StringComparer.Ordinal), silos.Select(s => s.Silo));
        Assert.Equal([false, true], silos.Select(s => s.Scores).Order());
        Assert.All(silos, s => Assert.True(s.MemoryBytes > 0 && (s.QueueLimit > 0) == s.Scores));
        await Assert.ThrowsAsync<InvalidInputException>(() => shop.Client.GetGrain<ISiloLoadGrain>(0).ReportAsync(silos[0], Cancellation));
    }
}
