using System.Text.Json;
using System.Text.RegularExpressions;
using DinOrleans.TestMachine;
using YamlDotNet.RepresentationModel;

namespace DinOrleans.Standalone.Tests.Monitoring;

/// <summary>The metrics that the files for Prometheus and Grafana name.</summary>
internal static partial class MetricNames
{
    /// <summary>The words of PromQL that are not functions and so have no parenthesis after them.</summary>
    private static readonly string[] Words = ["by", "without", "on", "ignoring", "group_left", "group_right", "or", "and", "unless", "bool", "offset"];

    /// <summary>The metrics of the dashboards' panels, by the panel's title.</summary>
    public static IEnumerable<(string Place, string Metric)> OfDashboards() =>
        from file in Directory.EnumerateFiles(RepositoryFolder.Of("deploy/grafana"), "*.json")
        from panel in JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("panels").EnumerateArray()
        where panel.TryGetProperty("targets", out _)
        from target in panel.GetProperty("targets").EnumerateArray()
        from metric in Of(target.GetProperty("expr").GetString()!)
        select (panel.GetProperty("title").GetString()!, metric);

    /// <summary>The metrics of the alerts, by the alert's name.</summary>
    public static IEnumerable<(string Place, string Metric)> OfAlerts()
    {
        var yaml = new YamlStream();
        using (StreamReader reader = File.OpenText(RepositoryFolder.Of("deploy/prometheus/alerts.yml")))
        {
            yaml.Load(reader);
        }

        return [.. from @group in (YamlSequenceNode)yaml.Documents[0].RootNode["groups"]
                   from rule in (YamlSequenceNode)@group["rules"]
                   from metric in Of(rule["expr"].ToString())
                   select (rule["alert"].ToString(), metric)];
    }

    /// <summary>The metrics of an expression in PromQL.</summary>
    public static IEnumerable<string> Of(string expression) => Name()
        .Matches(NoName().Replace(expression, " "))
        .Select(m => m.Value)
        .Where(name => !Words.Contains(name))
        .Distinct();

    /// <summary>Texts, selectors of labels and times, and lists of labels.</summary>
    [GeneratedRegex("""\{[^}]*\}|\[[^\]]*\]|\b(by|without|on|ignoring)\s*\([^)]*\)|"[^"]*"|\b\d[\w.]*""")]
    private static partial Regex NoName();

    /// <summary>A name that is not one of a function.</summary>
    [GeneratedRegex(@"[a-zA-Z_:][\w:]*\b(?!\s*\()")]
    private static partial Regex Name();
}
