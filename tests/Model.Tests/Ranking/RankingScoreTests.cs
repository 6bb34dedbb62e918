using DinOrleans.Model.Ranking;
using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Tests.Ranking;

public sealed class RankingScoreTests
{
    private static readonly FeatureSchema Schema = new()
    {
        ItemFeatures = [new("item_id", 4)],
        Tasks = [new("click", ["click"]), new("buy", ["buy"]), new("report", ["report"])],
        Behaviours = new(["click"]),
    };

    [Fact]
    public void Score_NoRule_IsTheProductOfAllTasks() => Assert.Equal(0.5f * 0.25f * 0.75f, Score(null, 0.5f, 0.25f, 0.75f), 1e-7f);

    [Fact]
    public void Score_OneTaskWithoutRule_IsItsProbability() =>
        Assert.Equal(0.3f, RankingScore.Create(Schema with { Tasks = [new("click", ["click"])] }).Score([0.3f]));

    [Fact]
    public void Score_ProductOfExponents_LeavesOutWhatIsNotNamed() =>
        Assert.Equal(0.5f * 0.0625f, Score(new(RankingScoreKind.Product, Weights(("click", 1), ("buy", 2))), 0.5f, 0.25f, 0), 1e-7f);

    [Fact]
    public void Score_Sum_WeighsEachTask() =>
        Assert.Equal(0.5f + 0.75f - 0.375f, Score(new(RankingScoreKind.Sum, Weights(("report", -0.5), ("click", 1), ("buy", 3))), 0.5f, 0.25f, 0.75f), 1e-6f);

    [Fact]
    public void Score_SumWithoutWeights_AddsEveryTask() => Assert.Equal(1.5f, Score(new(RankingScoreKind.Sum), 0.5f, 0.25f, 0.75f), 1e-6f);

    [Fact]
    public void Score_OtherNumberOfTasks_IsRefused() =>
        Assert.Contains("3 tasks", Assert.Throws<ArgumentException>(() => Score(null, 0.5f)).Message, StringComparison.Ordinal);

    private static float Score(RankingScoreRule? rule, params float[] probabilities) =>
        RankingScore.Create(Schema with { RankingScore = rule }).Score(probabilities);

    private static Dictionary<string, double> Weights(params (string Task, double Weight)[] weights) => weights.ToDictionary(w => w.Task, w => w.Weight);
}
