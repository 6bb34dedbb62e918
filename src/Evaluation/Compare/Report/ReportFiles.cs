using System.Text.Json;
using DinOrleans.Evaluation.Compare.Runs;

namespace DinOrleans.Evaluation.Compare.Report;

/// <summary>Writes a report so that a reader always finds a complete one, also while it is replaced and after a crash.</summary>
public static class ReportFiles
{
    public const string Json = "report.json";
    public const string Html = "report.html";

    public static void Write(string folder, ComparisonReport report)
    {
        Replace(Path.Combine(folder, Json), JsonSerializer.Serialize(report, CompareJson.Options));
        Replace(Path.Combine(folder, Html), HtmlReport.Write(report));
    }

    /// <summary>Writes a file beside its place and renames it into it.</summary>
    public static void Replace(string file, string content)
    {
        string beside = file + ".tmp";
        File.WriteAllText(beside, content);
        File.Move(beside, file, overwrite: true);
    }
}
