using DinOrleans.Evaluation.Compare.Charts;
using DinOrleans.Evaluation.Compare.Runs;

namespace DinOrleans.Evaluation.Compare.Report;

/// <summary>Draws charts of the training, with one point per epoch.</summary>
internal static class TrainingCharts
{
    public static IEnumerable<(string Title, string Chart)> Draw(ComparisonReport report)
    {
        yield return ("training loss", Chart(report, e => e.Loss));
        if (report.Runs.SelectMany(r => r.Epochs).Any(e => double.IsFinite(e.Auc)))
        {
            yield return ("validation GAUC", Chart(report, e => e.Gauc));
            yield return ("validation AUC", Chart(report, e => e.Auc));
            yield return ("validation log loss", Chart(report, e => e.LogLoss));
        }
    }

    private static string Chart(ComparisonReport report, Func<EpochMeasures, double> measure)
    {
        List<Series> series = [];
        foreach ((ModelSummary model, int i) in report.Models.Select((m, i) => (m, i)))
        {
            series.AddRange(report.Runs.Where(r => r.Name == model.Name).Select(run => new Series(
                $"{run.Name}, seed {run.Seed}", Palette.Pick(i), [.. run.Epochs.Select(e => ((double)e.Epoch, measure(e)))])));
        }

        return LineChart.Draw(
            Axis.Whole(1, report.Runs.Max(r => r.Epochs.Count)), "epoch", Axis.Over(series.SelectMany(s => s.Points).Select(p => p.Y)), series);
    }
}
