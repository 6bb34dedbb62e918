using System.Net;
using System.Text;
using System.Text.Json;
using DinOrleans.Evaluation.Compare.Charts;
using DinOrleans.Evaluation.Compare.Measures;
using DinOrleans.Evaluation.Compare.Runs;

namespace DinOrleans.Evaluation.Compare.Report;

/// <summary>Writes a report as one page that makes no network requests, because it contains its styles and charts.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 1800px; margin: 24px auto; padding: 0 24px; color: #1b1b1b; background: #fff; }
        h1 { font-size: 24px; } h2 { font-size: 19px; margin-top: 32px; } h3 { font-size: 15px; margin: 8px 0; }
        table { border-collapse: collapse; } th, td { padding: 4px 12px; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap; }
        th:first-child, td:first-child { text-align: left; } .table { overflow-x: auto; }
        .sections, .charts { display: flex; flex-wrap: wrap; gap: 16px 32px; } .sections > section, .charts > div { min-width: min(100%, 360px); }
        .charts > div { flex: 1 1 360px; max-width: 720px; } .charts svg { width: 100%; height: auto; }
        svg text { font-size: 12px; fill: #333; } .grid { stroke: #ddd; } .diagonal { stroke: #888; stroke-dasharray: 4; }
        .series { fill: none; stroke-width: 2; } .key { display: inline-block; width: 12px; height: 12px; margin: 0 6px 0 16px; }
        .note { color: #555; } .partial { background: #fff3cd; padding: 8px 12px; } pre { background: #f6f6f6; padding: 12px; overflow: auto; }
        """;

    private const int ChartWidth = 400;

    public static string Write(ComparisonReport report)
    {
        var page = new StringBuilder();
        page.Append($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Text(report.Dataset)}: comparison</title><style>{Style}</style></head><body>");
        page.Append($"<h1>{Text(report.Dataset)}</h1><p>Tested on {Text(report.Protocol)}.</p>");
        if (!report.Complete)
        {
            page.Append($"<p class=\"partial\">{report.RunsDone} of {report.RunsPlanned} runs are done.</p>");
        }

        page.Append($"<div class=\"table\">{ResultTable.Write(report)}</div>");
        if (report.RunsDone > 0)
        {
            page.Append($"<p>{string.Concat(report.Models.Select((m, i) => $"<span class=\"key\" style=\"background:{Palette.Pick(i)}\"></span>{Text(m.Name)}"))}</p>");
            page.Append($"<pre>{Text(report.Runs[0].Data)}</pre><div class=\"sections\">");
            Section(page, "Training", "Each curve is a seed. The weights of the best epoch by validation GAUC are tested.", TrainingCharts.Draw(report));
            Section(page, "Calibration", CalibrationNote(report), TestCharts.Calibration(report));
            Section(page, "GAUC by history length", "Behaviours before the candidate.", TestCharts.ByHistoryLength(report));
            Section(page, "GAUC by item popularity", "How often the training rankings have the positive's item.", TestCharts.ByPopularity(report));
            Attention(page, report);
            page.Append("</div>");
        }

        page.Append("<h2>Options</h2>");
        foreach (ModelSummary model in report.Models)
        {
            page.Append($"<details><summary>{Text(model.Name)}</summary><pre>{Text(JsonSerializer.Serialize(model.Options, CompareJson.Options))}</pre></details>");
        }

        return page.Append("</body></html>\n").ToString();
    }

    /// <summary>Escapes text.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string CalibrationNote(ComparisonReport report)
    {
        const string what = "Predictions in ten groups of equal size: their mean against the share of positives.";
        bool areShown = report.Runs.SelectMany(r => r.Tests).All(t => t.Against == TestMeasures.Shown);
        return areShown
            ? what + " Candidates are those that were shown."
            : what + " Negatives are sampled, so what is right depends on how many.";
    }

    /// <summary>Sections stand side by side if the page is wide enough. The width of a section is proportional to its number of charts.</summary>
    private static void Section(StringBuilder page, string title, string note, IEnumerable<(string Title, string Chart)> charts)
    {
        (string Title, string Chart)[] all = [.. charts];
        page.Append($"<section style=\"flex: {all.Length} 1 {all.Length * ChartWidth}px\"><h2>{Text(title)}</h2>");
        page.Append($"<p class=\"note\">{Text(note)}</p><div class=\"charts\">");
        foreach ((string name, string chart) in all)
        {
            page.Append($"<div><h3>{Text(name)}</h3>{chart}</div>");
        }

        page.Append("</div></section>");
    }

    private static void Attention(StringBuilder page, ComparisonReport report)
    {
        foreach (RunResult run in report.Runs.Where(r => r.Seed == 1 && r.Attention.Count > 0))
        {
            Section(
                page,
                $"Attention of {run.Name}",
                "The weight that each behaviour (rows, oldest first) gets for each candidate (columns), as the trained model computes it.",
                run.Attention.Select((AttentionExample e) => ("User " + e.User, HeatMap.Draw(e))));
        }
    }
}
