using System.Globalization;
using System.Text;
using DinOrleans.Evaluation.Compare.Measures;

namespace DinOrleans.Evaluation.Compare.Report;

/// <summary>Writes the table of a report, with one row per model and all tasks and kinds of test side by side.</summary>
internal static class ResultTable
{
    public static string Write(ComparisonReport report)
    {
        IReadOnlyList<TestSummary> tests = report.Models.Select(m => m.Tests).FirstOrDefault(t => t.Count > 0) ?? [];
        bool severalTasks = tests.Select(t => t.Task).Distinct().Count() > 1;
        var table = new StringBuilder("<table><tr><th></th>");
        foreach (TestSummary test in tests)
        {
            string of = severalTasks ? $"{test.Task}, {test.Against}" : test.Against;
            table.Append($"<th colspan=\"5\">{HtmlReport.Text(of)}</th>");
        }

        table.Append("<th colspan=\"4\"></th></tr><tr><th>model</th>");
        table.Append(string.Concat(tests.Select(_ => "<th>AUC</th><th>GAUC</th><th>log loss</th><th>calibration</th><th>RelaImpr</th>")));
        table.Append("<th>samples/s</th><th>peak MiB</th><th>seconds</th><th>runs</th></tr>");
        foreach (ModelSummary model in report.Models)
        {
            table.Append($"<tr><td>{HtmlReport.Text(model.Name)}</td>");
            foreach (TestSummary test in model.Tests)
            {
                table.Append($"<td>{Show(test.Auc, "F4")}</td><td>{Show(test.Gauc, "F4")}</td><td>{Show(test.LogLoss, "F4")}</td><td>{Show(test.Calibration, "F3")}</td>");
                table.Append($"<td>{Percent(test.RelaImpr)}</td>");
            }

            table.Append(string.Concat(Enumerable.Repeat("<td>–</td>", model.Tests.Count == 0 ? tests.Count * 5 : 0)));
            table.Append($"<td>{Show(model.SamplesPerSecond, "N0")}</td><td>{Show(model.PeakMemoryMiB, "N0")}</td><td>{Show(model.TrainingSeconds, "N0")}</td><td>{model.Runs}</td></tr>");
        }

        if (report.BestReachableAuc is { } best)
        {
            table.Append($"<tr><td>best reachable</td><td>{Show(new(best, double.NaN), "F4")}</td></tr>");
        }

        return table.Append("</table><p class=\"note\">Mean ± standard deviation over seeds. RelaImpr is of the mean AUC over that of base.</p>").ToString();
    }

    private static string Show(Spread spread, string format)
    {
        string mean = Number(spread.Mean, format);
        return double.IsFinite(spread.Deviation) ? $"{mean} ± {Number(spread.Deviation, format)}" : mean;
    }

    private static string Number(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "–";

    private static string Percent(double ratio) =>
        double.IsFinite(ratio) ? (100 * ratio).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + " %" : "–";
}
