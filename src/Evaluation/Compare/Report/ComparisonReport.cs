using System.Text.Json;
using DinOrleans.Evaluation.Compare.Measures;
using DinOrleans.Evaluation.Compare.Runs;
using DinOrleans.Model.Metrics;

namespace DinOrleans.Evaluation.Compare.Report;

/// <summary>The report of a comparison, <c>report.json</c>, with the runs that are done.</summary>
public sealed record ComparisonReport
{
    public required string Dataset { get; init; }

    /// <summary>The digest of the training log.</summary>
    public required string Digest { get; init; }

    /// <summary>Says in words what was tested on.</summary>
    public required string Protocol { get; init; }

    /// <summary>The best AUC that can be expected, for the log of a sample shop. Null otherwise.</summary>
    public double? BestReachableAuc { get; init; }

    public required int RunsPlanned { get; init; }

    public required int RunsDone { get; init; }

    /// <summary>False if the comparison is running or was stopped.</summary>
    public required bool Complete { get; init; }

    public required IReadOnlyList<ModelSummary> Models { get; init; }

    public required IReadOnlyList<RunResult> Runs { get; init; }

    internal static ComparisonReport Summarise(ComparedData data, IReadOnlyList<ComparedModel> models, int seeds, IReadOnlyList<RunResult> runs)
    {
        RunResult[] baseline = [.. runs.Where(r => r.Name == ComparedModel.Base)];
        return new()
        {
            Dataset = data.Name,
            Digest = data.Log.Digest,
            Protocol = data.Protocol,
            BestReachableAuc = data.BestAuc,
            RunsPlanned = models.Count * seeds,
            RunsDone = runs.Count,
            Complete = runs.Count == models.Count * seeds,
            Models = [.. models.Select(m => ModelSummary.Summarise(m, [.. runs.Where(r => r.Name == m.Name)], baseline))],
            Runs = [.. runs],
        };
    }
}

/// <summary>The summary of a model over its runs.</summary>
/// <param name="Name">The name of the model or variant, as in <see cref="ComparedModel.Name"/>.</param>
/// <param name="Options">Every option, with the defaults filled in.</param>
/// <param name="Runs">The number of runs that are done.</param>
/// <param name="Tests">One summary per task and kind of test. Empty before the first run.</param>
/// <param name="SamplesPerSecond">The number of candidates trained on per second.</param>
/// <param name="PeakMemoryMiB">The largest working set in units of 2^20 bytes.</param>
/// <param name="TrainingSeconds">The seconds of training per run.</param>
public sealed record ModelSummary(
    string Name, JsonElement Options, int Runs, IReadOnlyList<TestSummary> Tests, Spread SamplesPerSecond, Spread PeakMemoryMiB, Spread TrainingSeconds)
{
    internal static ModelSummary Summarise(ComparedModel model, RunResult[] runs, RunResult[] baseline) => new(
        model.Name,
        model.Options.ToJson(),
        runs.Length,
        runs.Length == 0 ? [] : [.. Enumerable.Range(0, runs[0].Tests.Count).Select(t => TestSummary.Summarise(t, runs, baseline))],
        Spread.Measure(runs.Select(r => r.SamplesPerSecond)),
        Spread.Measure(runs.Select(r => r.PeakMemoryMiB)),
        Spread.Measure(runs.Select(r => r.TrainingSeconds)));
}

/// <summary>The summary of a task and kind of test over the runs of a model. The measures are those of <see cref="TestMeasures"/>.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Against">The kind of test: "uniform" or "popular" negatives, or candidates as "shown".</param>
/// <param name="Auc">The AUC over the runs.</param>
/// <param name="Gauc">The GAUC over the runs.</param>
/// <param name="LogLoss">The log loss over the runs.</param>
/// <param name="Calibration">The calibration over the runs.</param>
/// <param name="RelaImpr">RelaImpr of the mean AUC over that of the base model, as a ratio, or NaN if the base model is not compared.</param>
public sealed record TestSummary(string Task, string Against, Spread Auc, Spread Gauc, Spread LogLoss, Spread Calibration, double RelaImpr)
{
    internal static TestSummary Summarise(int test, RunResult[] runs, RunResult[] baseline)
    {
        Spread Over(RunResult[] of, Func<TestMeasures, double> measure) => Spread.Measure(of.Select(r => measure(r.Tests[test])));
        Spread auc = Over(runs, t => t.Auc);
        return new(
            runs[0].Tests[test].Task,
            runs[0].Tests[test].Against,
            auc,
            Over(runs, t => t.Gauc),
            Over(runs, t => t.LogLoss),
            Over(runs, t => t.Calibration),
            RankingMetrics.RelaImpr(auc.Mean, Over(baseline, t => t.Auc).Mean));
    }
}
