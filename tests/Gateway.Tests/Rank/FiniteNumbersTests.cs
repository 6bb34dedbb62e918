using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Rank;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Rank;

public sealed class FiniteNumbersTests
{
    [Theory]
    [InlineData(float.NaN, 0.5f, 0.5f)]
    [InlineData(0.5f, float.PositiveInfinity, 0.5f)]
    [InlineData(0.5f, 0.5f, float.NaN)]
    public void Check_ANumberThatMeansNothing_NamesTheItem(float score, float ofTask, float weight) =>
        Assert.Contains("item \"i2\"", Assert.Throws<InvalidOperationException>(() => FiniteNumbers.Check(Ranking(score, ofTask, weight))).Message, StringComparison.Ordinal);

    [Fact]
    public void Check_FiniteNumbers_Passes() => FiniteNumbers.Check(Ranking(0.5f, -1e30f, 0));

    private static Ranking Ranking(float score, float ofTask, float weight) => new()
    {
        RankingId = "r4",
        ModelVersion = "v",
        Source = RankingSource.Model,
        HistoryLength = 1,
        Tasks = ["click"],
        Explanation = new([new("i3", ShopScript.Noon)], (float[])[0, weight]),
        Items = [Item("i1", 0.5f, 0.5f), Item("i2", score, ofTask)],
    };

    private static RankedItem Item(string id, float score, float ofTask) => new() { ItemId = id, Score = score, Scores = (float[])[ofTask] };
}
