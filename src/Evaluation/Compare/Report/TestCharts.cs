using DinOrleans.Evaluation.Compare.Charts;
using DinOrleans.Evaluation.Compare.Measures;
using DinOrleans.Evaluation.Compare.Runs;

namespace DinOrleans.Evaluation.Compare.Report;

/// <summary>Draws charts of the test results: one per task and kind of test, with means over the seeds.</summary>
internal static class TestCharts
{
    public static IEnumerable<(string Title, string Chart)> Calibration(ComparisonReport report) => Draw(report, (test, runs) =>
    {
        Series[] series =
        [
            .. runs.Select(m => new Series(m.Name, m.Colour, [.. Enumerable.Range(0, m.Runs.Min(r => r.Tests[test].CalibrationBins.Count))
                .Select(b => (Mean(m.Runs, r => r.Tests[test].CalibrationBins[b].Predicted), Mean(m.Runs, r => r.Tests[test].CalibrationBins[b].Observed)))])),
        ];
        var axis = Axis.Over(series.SelectMany(s => s.Points).SelectMany(p => new[] { p.X, p.Y }));
        return LineChart.Draw(axis, "mean prediction", axis, series, diagonal: true);
    });

    public static IEnumerable<(string Title, string Chart)> ByHistoryLength(ComparisonReport report) =>
        Draw(report, (test, runs) => Slices(runs, r => r.Tests[test].ByHistoryLength, "behaviours"));

    public static IEnumerable<(string Title, string Chart)> ByPopularity(ComparisonReport report) =>
        Draw(report, (test, runs) => Slices(runs, r => r.Tests[test].ByPopularity, "events of the item in training"));

    private static string Slices(IReadOnlyList<ModelRuns> models, Func<RunResult, IReadOnlyList<GaucSlice>> slices, string name)
    {
        // The test is the same for all models, but a model may have shorter histories than another. Only ranges that all have can be compared.
        string[] ranges = [.. slices(models[0].Runs[0]).Select(s => s.Range).Where(range => models.All(m => m.Runs.All(r => slices(r).Any(s => s.Range == range))))];
        return BarChart.Draw(
            ranges,
            name,
            [.. models.Select(m => new Bars(m.Name, m.Colour, [.. ranges.Select(range => Mean(m.Runs, r => slices(r).First(s => s.Range == range).Gauc))]))]);
    }

    private static IEnumerable<(string Title, string Chart)> Draw(ComparisonReport report, Func<int, IReadOnlyList<ModelRuns>, string> chart)
    {
        IReadOnlyList<ModelRuns> models =
        [
            .. report.Models.Select((m, i) => new ModelRuns(m.Name, Palette.Pick(i), [.. report.Runs.Where(r => r.Name == m.Name)])).Where(m => m.Runs.Count > 0),
        ];
        IReadOnlyList<TestMeasures> tests = models[0].Runs[0].Tests;
        return tests.Select((test, i) => ($"{test.Task}, {test.Against}", chart(i, models)));
    }

    private static double Mean(IReadOnlyList<RunResult> runs, Func<RunResult, double> measure) =>
        runs.Select(measure).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private sealed record ModelRuns(string Name, string Colour, IReadOnlyList<RunResult> Runs);
}
