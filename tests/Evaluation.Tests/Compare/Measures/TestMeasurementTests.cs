using DinOrleans.Evaluation.Compare.Measures;
using DinOrleans.Training.Evaluation;

namespace DinOrleans.Evaluation.Tests.Compare.Measures;

public sealed class TestMeasurementTests
{
    [Fact]
    public void Measure_KnownScores_GivesTheirMeasures()
    {
        // Of the 2 · 2 pairs, 0.9 and 0.4 are above 0.1, 0.9 above 0.6, and 0.4 below it: 3 of 4. User 0 is right, user 1 is wrong.
        TaskPredictions predictions = new([At(0, 0.9f, true), At(0, 0.1f, false), At(1, 0.4f, true), At(1, 0.6f, false)]);

        TestMeasures measures = TestMeasurement.Measure("click", "shown", predictions, [5]);

        Assert.Equal(("click", "shown", 4L), (measures.Task, measures.Against, measures.Samples));
        Assert.Equal(0.75, measures.Auc, 9);
        Assert.Equal(0.5, measures.Gauc, 9);
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.9) + Math.Log(0.4) + Math.Log(0.4)) / 4, measures.LogLoss, 5);
        Assert.Equal(1, measures.Calibration, 5);
    }

    [Fact]
    public void ByRange_Positives_AreRankedAgainstTheirUsersNegatives()
    {
        // Users with histories of 1 to 10 behaviours; those of up to 4 are ranked wrongly.
        TaskPredictions predictions = new(
        [
            .. Enumerable.Range(1, 10).SelectMany(n => new[] { At(n, n > 4 ? 0.9f : 0.1f, true, history: n), At(n, 0.5f, false, history: n) }),
        ]);

        IReadOnlyList<GaucSlice> slices = TestMeasurement.ByRange(predictions, p => p.HistoryLength);

        Assert.Equal(["1–2", "3–4", "5–6", "7–8", "9–10"], slices.Select(s => s.Range));
        Assert.Equal([0, 0, 1, 1, 1], slices.Select(s => s.Gauc));
        Assert.All(slices, s => Assert.Equal(2, s.Positives));
    }

    [Fact]
    public void ByRange_OneValueOfMany_IsNotSplit()
    {
        TaskPredictions predictions = new([.. Enumerable.Range(0, 20).Select(n => At(n, 0.9f, true, history: n < 15 ? 50 : 51))]);

        Assert.Equal([("50", 15), ("51", 5)], TestMeasurement.ByRange(predictions, p => p.HistoryLength).Select(s => (s.Range, s.Positives)));
    }

    [Fact]
    public void Of_Values_GivesMeanAndSampleDeviation()
    {
        Spread spread = Spread.Measure([1, 2, 3]);

        Assert.Equal((2.0, 1.0), (spread.Mean, spread.Deviation));
        Assert.True(double.IsNaN(Spread.Measure([1]).Deviation));
        Assert.True(double.IsNaN(Spread.Measure([]).Mean));
    }

    private static Prediction At(int user, float score, bool label, int history = 1) => new(user, Item: 0, Position: 0, history, score, label);
}
