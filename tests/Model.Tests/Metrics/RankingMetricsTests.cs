using DinOrleans.Model.Metrics;

namespace DinOrleans.Model.Tests.Metrics;

public sealed class RankingMetricsTests
{
    [Fact]
    public void Auc_HandCountedPairs_CountsTiesHalf()
    {
        float[] scores = [0.9f, 0.5f, 0.5f, 0.1f];
        bool[] labels = [true, true, false, false];

        // Pairs: (0.9, 0.5) and (0.9, 0.1) and (0.5, 0.1) won, (0.5, 0.5) tied.
        Assert.Equal(3.5 / 4, RankingMetrics.Auc(scores, labels), 12);
    }

    [Fact]
    public void Auc_RandomScores_EqualsPairwiseCount()
    {
        var random = new Random(1);
        float[] scores = [.. Enumerable.Range(0, 300).Select(_ => random.Next(20) / 20f)];
        bool[] labels = [.. Enumerable.Range(0, 300).Select(_ => random.Next(3) == 0)];
        double won = 0, pairs = 0;
        for (int i = 0; i < 300; i++)
        {
            for (int j = 0; j < 300; j++)
            {
                if (labels[i] && !labels[j])
                {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }

        Assert.Equal(won / pairs, RankingMetrics.Auc(scores, labels), 12);
    }

    [Fact]
    public void Auc_OneClassOnly_IsNaN() => Assert.True(double.IsNaN(RankingMetrics.Auc([0.1f, 0.2f], [true, true])));

    [Fact]
    public void Gauc_UsersWithOneLabel_AreLeftOutAndOthersWeighByImpressions()
    {
        int[] users = [2, 1, 1, 2, 3, 2, 2];
        float[] scores = [0.1f, 0.9f, 0.1f, 0.2f, 0.5f, 0.3f, 0.4f];
        bool[] labels = [true, true, false, false, true, false, false];

        // User 1: AUC 1 over 2 impressions; user 2: AUC 0 over 4; user 3: one label.
        Assert.Equal(2.0 / 6, RankingMetrics.Gauc(users, scores, labels), 12);
    }

    [Fact]
    public void LogLoss_KnownProbabilities_IsMeanNegativeLogLikelihood() =>
        Assert.Equal(-(Math.Log(0.8) + Math.Log(0.9)) / 2, RankingMetrics.LogLoss([0.8f, 0.1f], [true, false]), 6);

    [Fact]
    public void Calibration_MeanOverRate_IsRatio() =>
        Assert.Equal(1.2, RankingMetrics.Calibration([0.5f, 0.7f], [true, false]), 6);

    [Fact]
    public void CalibrationBins_TenGroupsOfEqualSize_HaveMeanAndShare()
    {
        // In reverse, because the groups are those of the sorted predictions.
        IReadOnlyList<CalibrationBin> bins = RankingMetrics.CalibrationBins(
            [.. Enumerable.Range(0, 40).Reverse().Select(i => i / 40f)], [.. Enumerable.Range(0, 40).Reverse().Select(i => i % 4 == 3)]);

        Assert.Equal(10, bins.Count);
        Assert.All(bins, b => Assert.Equal((0.25, 4), (b.Observed, b.Samples)));
        Assert.Equal(1.5 / 40, bins[0].Predicted, 5);
        Assert.Equal(37.5 / 40, bins[9].Predicted, 5);
    }

    [Fact]
    public void CalibrationBins_FewPredictions_HaveNoEmptyGroup()
    {
        Assert.Equal([1, 1, 1], RankingMetrics.CalibrationBins([0.3f, 0.1f, 0.2f], [true, true, true]).Select(b => b.Samples));
        Assert.Empty(RankingMetrics.CalibrationBins([], []));
    }

    [Fact]
    public void RelaImpr_PaperExample_IsRelativeToRandom() => Assert.Equal(0.5, RankingMetrics.RelaImpr(0.8, 0.7), 9);

    [Fact]
    public void Auc_LengthsDiffer_Throws() => Assert.Throws<ArgumentException>(() => RankingMetrics.Auc([1f], [true, false]));
}
