using System.Text.Json;
using DinOrleans.Evaluation.Compare.Measures;
using DinOrleans.Evaluation.Compare.Runs;
using DinOrleans.Model.Metrics;

namespace DinOrleans.Evaluation.Compare.Report;

/// <summary>A comparison as far as it has come: <c>report.json</c>.</summary>
public sealed record ComparisonReport
{
    public required string Dataset { get; init; }

    /// <summary>SHA-256 of the log.</summary>
    public required string Digest { get; init; }

    /// <summary>What was tested on, in words.</summary>
    public required string Protocol { get; init; }

    /// <summary>Of a generated log, the best AUC that can be expected.</summary>
    public double? BestReachableAuc { get; init; }

    public required int RunsPlanned { get; init; }

    public required int RunsDone { get; init; }

    /// <summary>False where the comparison goes on or was stopped.</summary>
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

/// <summary>A model over its runs.</summary>
/// <param name="Name">As in <see cref="ComparedModel.Name"/>.</param>
/// <param name="Options">Every option, with the defaults filled in.</param>
/// <param name="Runs">How many are done.</param>
/// <param name="Tests">One a task and kind of test; empty before the first run.</param>
/// <param name="SamplesPerSecond">Candidates trained on a second.</param>
/// <param name="PeakMemoryMiB">Largest working set, in 2^20 bytes.</param>
/// <param name="TrainingSeconds">Of a run.</param>
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

/// <summary>A task and kind of test over the runs of a model.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Against">"uniform" or "popular" negatives, or candidates as "shown".</param>
/// <param name="Auc">As in <see cref="TestMeasures"/>, over the runs.</param>
/// <param name="Gauc">Likewise.</param>
/// <param name="LogLoss">Likewise.</param>
/// <param name="Calibration">Likewise.</param>
/// <param name="RelaImpr">Of the mean AUC over the base model's mean AUC, as a ratio; NaN where the base model is not compared.</param>
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
