using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Model.Ranking;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace DinOrleans.Grains.Tests.Models;

/// <summary>The log, the metrics and the report of a silo say which kernel scores a version, and why.</summary>
public sealed class ScorerInstrumentsTests
{
    [Fact]
    public async Task ApplyAsync_FusedForAVersionWithoutAForm_WarnsOnceWithTheReason()
    {
        const string reason = "The model is wide-deep, and the fused kernels score din, base and two-tower only.";
        using var silo = new SiloVersions(ScoringKernel.Fused);
        string version = silo.Write(model: WideDeep.Name);

        await silo.ApplyAsync(version);
        await silo.ApplyAsync(version);

        FakeLogRecord warning = Assert.Single(silo.Logger.Collector.GetSnapshot(), r => r.Level == LogLevel.Warning);
        Assert.Equal($"Scoring:Kernel is Fused, but version {version} is scored by ONNX Runtime. {reason}", warning.Message);
        AssertIs(silo, version, "ONNX Runtime", reason);
    }

    [Theory]
    [InlineData(Din.Name)]
    [InlineData(BaseModel.Name)]
    [InlineData(TwoTower.Name)]
    public async Task ApplyAsync_FusedForAVersionWithAForm_WarnsOfNothing(string model)
    {
        using var silo = new SiloVersions(ScoringKernel.Fused);
        string version = silo.Write(model: model);

        await silo.ApplyAsync(version);

        Assert.DoesNotContain(silo.Logger.Collector.GetSnapshot(), r => r.Level >= LogLevel.Warning);
        AssertIs(silo, version, "fused, ", "Scoring:Kernel is Fused, and the version has a fused form.");
    }

    [Fact]
    public async Task ApplyAsync_Auto_ReportsTheTimesOfBoth()
    {
        using var silo = new SiloVersions(ScoringKernel.Auto);
        string version = silo.Write();
        using var times = new MetricCollector<double>(silo.Meters, GrainsInstruments.MeterName, "dinorleans.model.scorer.trial");

        await silo.ApplyAsync(version);

        times.RecordObservableInstruments();
        Assert.Equal(2, times.GetMeasurementSnapshot().Select(m => m.Tags["kernel"]).Distinct().Count());
        Assert.StartsWith("It was the faster one when the version was loaded: ", silo.Host.Report("s").Scorers[version].Reason, StringComparison.Ordinal);
    }

    private static void AssertIs(SiloVersions silo, string version, string kernel, string reason)
    {
        ModelScorer scorer = silo.Host.Report("s").Scorers[version];
        Assert.StartsWith(kernel, scorer.Kernel, StringComparison.Ordinal);
        Assert.Equal(reason, scorer.Reason);
        using var versions = new MetricCollector<int>(silo.Meters, GrainsInstruments.MeterName, "dinorleans.model.scorer");
        versions.RecordObservableInstruments();
        CollectedMeasurement<int> measured = Assert.Single(versions.GetMeasurementSnapshot());
        Assert.Equal((1, version, scorer.Kernel), (measured.Value, (string?)measured.Tags["version"], (string?)measured.Tags["kernel"]));
    }
}
