using DinOrleans.Training.Evaluation;

namespace DinOrleans.Training.Tests.Evaluation;

public sealed class RankingEvaluationTests
{
    private const double None = double.NaN;

    [Theory]
    [InlineData(0.8, 0.7, 0.6, 0.7)]
    [InlineData(0.8, None, 0.6, 0.8)]
    [InlineData(None, None, 0.6, -0.6)]
    public void Quality_OneTask_IsGaucElseAucElseMinusLogLoss(double auc, double gauc, double logLoss, double quality) =>
        Assert.Equal(quality, new RankingEvaluation([Task(auc, gauc, logLoss)]).Quality(taskWeights: null), 12);

    [Fact]
    public void Quality_ATaskOfWeight0_DoesNotCount()
    {
        var evaluation = new RankingEvaluation([Task(0.9, 0.9, 0.1), Task(0.5, 0.5, 0.7)]);
        Assert.Equal(0.7, evaluation.Quality(taskWeights: null), 12);
        Assert.Equal(0.7, evaluation.Quality([1, 3]), 12);
        Assert.Equal(0.9, evaluation.Quality([1, 0]), 12);
    }

    private static TaskEvaluation Task(double auc, double gauc, double logLoss) => new(10, auc, gauc, logLoss, Calibration: 1);
}
