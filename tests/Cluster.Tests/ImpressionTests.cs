using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Impressions;
using DinOrleans.TestMachine;
using DinOrleans.TestShop;

namespace DinOrleans.Cluster.Tests;

/// <summary>What rankings leave for training.</summary>
public sealed class ImpressionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RankAsync_ThenErasure_IsLoggedThenGone()
    {
        await using ShopCluster cluster = await ShopCluster.StartAsync();
        await cluster.PutItemsAsync();
        string version = await cluster.PublishAsync();
        IImpressionLog impressions = cluster.Service<IImpressionLog>(0);
        Ranking ranking = await cluster.User("u").RankAsync(new RankQuery { Candidates = [.. SmallShop.ItemIds], Limit = 5 }, Cancellation);
        LoggedRanking logged = await FirstAsync(impressions, "u");
        Assert.Equal(ranking.RankingId, logged.RankingId);
        Assert.Equal(version, logged.ModelVersion);
        Assert.Equal(ranking.Items.Select(i => new Impression(i.ItemId, i.Score)), logged.Items);

        Assert.Equal(ranking.RankingId, Assert.Single((await cluster.User("u").GetAsync(new(), Cancellation)).Rankings).RankingId);

        await cluster.User("u").EraseAsync(Cancellation);
        Assert.Empty(await impressions.ReadAfterAsync("u", default, 10, Cancellation));
    }

    /// <summary>Rankings do not wait for their log: it follows.</summary>
    private static async Task<LoggedRanking> FirstAsync(IImpressionLog impressions, string userId) => Assert.Single(
        await Eventually.BecomesAsync(
            "the ranking is logged", () => impressions.ReadAfterAsync(userId, default, 10, Cancellation), logged => logged.Count > 0, cancellationToken: Cancellation)).Row;
}
