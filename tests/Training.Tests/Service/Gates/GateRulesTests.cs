using DinOrleans.Contracts.Trainings;
using DinOrleans.Training.Service.Gates;

namespace DinOrleans.Training.Tests.Service.Gates;

public sealed class GateRulesTests
{
    private static readonly GateOptions Options = new();

    [Theory]
    [InlineData(0.70, 0.70, true)]
    [InlineData(0.69, 0.70, true)]
    [InlineData(0.6899, 0.70, false)]
    [InlineData(0.80, 0.70, true)]
    [InlineData(double.NaN, 0.70, true)]
    [InlineData(0.10, double.NaN, true)]
    public void Quality_Gauc_MayBeALittleBelowTheChampions(double own, double champion, bool passes) =>
        Assert.Equal(passes, Gate(GateRules.Gauc, Measures(gauc: own), Measures(gauc: champion)).Passed);

    [Theory]
    [InlineData(0.40, true)]
    [InlineData(0.408, true)]
    [InlineData(0.4081, false)]
    [InlineData(0.30, true)]
    public void Quality_LogLoss_MayBeALittleAboveTheChampions(double own, bool passes) =>
        Assert.Equal(passes, Gate(GateRules.LogLoss, Measures(logLoss: own), Measures(logLoss: 0.40)).Passed);

    [Theory]
    [InlineData(1.0, 10_000, true)]
    [InlineData(1.28, 10_000, true)]
    [InlineData(1.29, 10_000, false)]
    [InlineData(0.78, 10_000, true)]
    [InlineData(0.77, 10_000, false)]
    [InlineData(1.6, 100, true)]
    [InlineData(1.7, 100, false)]
    [InlineData(5.0, 0, true)]
    public void Quality_Calibration_MayBeOffByAFactorThatFewPositivesWiden(double calibration, int positives, bool passes) =>
        Assert.Equal(passes, Gate(GateRules.Calibration, Measures(calibration: calibration, positives: positives), null).Passed);

    [Fact]
    public void Quality_SeveralTasks_TheWorstCalibrationDecides()
    {
        var measures = new SliceMeasures([Task("click", 1.0, 10_000), Task("buy", 1.5, 10_000)], AreProbabilities: true);
        GateResult gate = Gate(GateRules.Calibration, measures, null);
        Assert.False(gate.Passed);
        Assert.Equal(1.5, gate.Value);
        Assert.Contains("task buy", gate.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Quality_WithoutAChampion_PassesAndSaysSo()
    {
        Assert.All((string[])[GateRules.Gauc, GateRules.LogLoss], name => Assert.Equal((true, "no champion"), (Gate(name, Measures(), null).Passed, Gate(name, Measures(), null).Note)));
        Assert.Equal(0.7, Gate(GateRules.Gauc, Measures(gauc: 0.7), null).Value);
    }

    [Fact]
    public void Quality_OnTooFewRankings_IsNoVerdict()
    {
        GateResult[] gates = [.. GateRules.Quality(Measures(gauc: 0.1, calibration: 9), Measures(gauc: 0.9), Options.MinimumRankings - 1, Options)];
        Assert.Equal([GateRules.Gauc, GateRules.LogLoss, GateRules.Calibration], gates.Select(g => g.Name));
        Assert.All(gates, gate => Assert.True(gate is { Passed: true, Value: null, Note: "99 rankings are too few to judge by, 100 are needed" }));
    }

    [Fact]
    public void Quality_ScoresThatAreNotProbabilities_AreJudgedByTheirOrderAlone()
    {
        SliceMeasures own = Measures(gauc: 0.5, logLoss: 9, calibration: 9) with { AreProbabilities = false };
        Assert.True(Gate(GateRules.LogLoss, own, Measures()).Passed);
        Assert.True(Gate(GateRules.Calibration, own, Measures()).Passed);
        Assert.False(Gate(GateRules.Gauc, own, Measures()).Passed);
        Assert.True(Gate(GateRules.LogLoss, Measures(logLoss: 9), Measures() with { AreProbabilities = false }).Passed);
    }

    [Fact]
    public void Service_OfASiloThatRefuses_FailsWithItsReason()
    {
        GateResult sample = GateRules.Service(new(TimeSpan.FromSeconds(1), null, 1e-4, "scorer.onnx: is damaged"), Options).First();
        Assert.Equal((GateRules.StoredSample, false, "scorer.onnx: is damaged"), (sample.Name, sample.Passed, sample.Note));
        Assert.Contains("scorer.onnx: is damaged", GateRules.Reason([sample]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(60.1, false)]
    public void Service_LoadTime_HasALimit(double seconds, bool passes) =>
        Assert.Equal(passes, GateRules.Service(new(TimeSpan.FromSeconds(seconds), 1e-6, 1e-4, null), Options).Single(g => g.Name == GateRules.LoadTime).Passed);

    [Fact]
    public void Reason_OfGates_NamesThoseThatFailedWithTheirNumbers()
    {
        Assert.Null(GateRules.Reason([new("gauc", true, 0.7, 0.7, 0.69)]));
        Assert.Equal(
            "gauc is 0.5, and the limit is 0.69 (the active version has 0.7): on 500 rankings.",
            GateRules.Reason([new("gauc", false, 0.5, 0.7, 0.69, "on 500 rankings"), new("logLoss", true, 0.4, 0.4, 0.41)]));
    }

    private static GateResult Gate(string name, SliceMeasures own, SliceMeasures? champion) =>
        GateRules.Quality(own, champion, rankings: 500, Options).Single(g => g.Name == name);

    private static SliceMeasures Measures(double gauc = 0.7, double logLoss = 0.4, double calibration = 1, int positives = 1_000) =>
        new([new("click", positives, new(5_000, 0.7, gauc, logLoss, calibration))], AreProbabilities: true);

    private static TaskMeasures Task(string name, double calibration, int positives) => new(name, positives, new(50_000, 0.7, 0.7, 0.4, calibration));
}
