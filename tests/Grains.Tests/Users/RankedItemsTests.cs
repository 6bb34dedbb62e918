using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Users;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Schema;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Users;

public sealed class RankedItemsTests
{
    private static readonly FeatureSchema TwoTasks = SmallShop.Schema with { Tasks = [new("click", ["click"]), new("buy", ["buy"])] };

    /// <summary>Click and buy of a, b and c.</summary>
    private static readonly float[] Scores = [0.9f, 0.1f, 0.5f, 0.5f, 0.2f, 0.8f];

    [Fact]
    public void ByModel_WithoutARule_RanksByTheProduct() => Assert.Equal([("b", 0.25f), ("c", 0.16f), ("a", 0.09f)], Rank(null));

    [Fact]
    public void ByModel_WithARule_RanksByIt()
    {
        var clicks = new RankingScoreRule(RankingScoreKind.Sum, new Dictionary<string, double> { ["click"] = 1, ["buy"] = -0.5 });
        Assert.Equal([("a", 0.85f), ("b", 0.25f), ("c", -0.2f)], Rank(clicks));
    }

    [Fact]
    public void ByModel_WithAttention_OrdersTheWeightsAsTheItems()
    {
        var result = new ScoreResult { Scores = new FloatBlock([0.1f, 0.3f, 0.2f]), Attention = new FloatBlock([1, 2, 3, 4, 5, 6]) };

        float[] weights = new float[4];

        IReadOnlyList<RankedItem> ranked = RankedItems.ByModel(Items(3), result, RankingScore.Create(SmallShop.Schema), 1, new OrderRule(2), weights, out float[] propensities);

        Assert.Equal(["i1", "i2"], ranked.Select(i => i.ItemId));
        Assert.Equal([3, 4, 5, 6], weights);
        Assert.Empty(propensities);
    }

    [Fact]
    public void ByModel_AtALowTemperature_OrdersByScoreWithPropensitiesNearOne()
    {
        var result = new ScoreResult { Scores = new FloatBlock([0.1f, 0.3f, 0.2f]) };
        RankedItem[] ranked =
            RankedItems.ByModel(Items(3), result, RankingScore.Create(SmallShop.Schema), 1, new OrderRule(2, Temperature: 0.001), [], out float[] propensities);
        Assert.Equal([("i1", 0.3f), ("i2", 0.2f)], ranked.Select(i => (i.ItemId, i.Score)));
        Assert.All(propensities, p => Assert.Equal(1, p, 5));
        Assert.Equal(2, propensities.Length);
    }

    [Fact]
    public void ByModel_AtAHighTemperature_DrawsEveryOrder()
    {
        var result = new ScoreResult { Scores = new FloatBlock([0.1f, 0.3f, 0.2f]) };
        HashSet<string> first = [];
        for (int draw = 0; draw < 200; draw++)
        {
            first.Add(RankedItems.ByModel(Items(3), result, RankingScore.Create(SmallShop.Schema), 1, new OrderRule(3, 100), [], out float[] propensities)[0].ItemId);
            Assert.Equal([1f / 3, 0.5f, 1f], propensities.Select(p => MathF.Round(p * 600) / 600).Select((p, i) => i == 0 ? 1f / 3 : p), (a, b) => Math.Abs(a - b) < 0.01);
        }

        Assert.Equal(3, first.Count);
    }

    [Fact]
    public void ByPopularity_ScoresOfEverySign_AreInDescendingOrderAndTiesAsAsked()
    {
        float[] scores = [0.5f, -1f, 0f, 3f, 0.5f, float.NaN, -0.25f, float.PositiveInfinity, 1e-30f, 0.5f];

        IReadOnlyList<RankedItem> ranked = RankedItems.ByPopularity(Items(scores.Length), scores, limit: null);

        Assert.Equal(["i7", "i3", "i0", "i4", "i9", "i8", "i2", "i6", "i1", "i5"], ranked.Select(r => r.ItemId));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(9, 4)]
    public void ByPopularity_Limit_KeepsTheBest(int limit, int expected)
    {
        IReadOnlyList<RankedItem> ranked = RankedItems.ByPopularity(Items(4), [1, 4, 2, 3], limit);

        Assert.Equal(((string[])["i1", "i3", "i2", "i0"])[..expected], ranked.Select(r => r.ItemId));
    }

    private static (string, float)[] Rank(RankingScoreRule? rule)
    {
        CatalogueItem[] items = [.. ((string[])["a", "b", "c"]).Select(id => new CatalogueItem(id, Number: 0))];
        RankingScore ranking = RankingScore.Create(TwoTasks with { RankingScore = rule });
        IReadOnlyList<RankedItem> ranked = RankedItems.ByModel(items, new ScoreResult { Scores = new FloatBlock(Scores) }, ranking, 2, new OrderRule(3), [], out _);
        Assert.All(ranked, i => Assert.Equal(2, i.Scores.Length));
        return [.. ranked.Select(i => (i.ItemId, MathF.Round(i.Score, 5)))];
    }

    private static CatalogueItem[] Items(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new CatalogueItem($"i{i}", i))];
}
