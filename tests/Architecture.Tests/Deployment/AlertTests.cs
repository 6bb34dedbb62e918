using DinOrleans.TestMachine;
using YamlDotNet.RepresentationModel;

namespace DinOrleans.Architecture.Tests.Deployment;

/// <summary>Each alert is tested, and says what to do.</summary>
public sealed class AlertTests
{
    private static readonly YamlNode[] Alerts =
        [.. DeployFiles.Yaml("deploy/prometheus/alerts.yml").Single().At("groups").Items().SelectMany(g => g.At("rules").Items())];

    public static TheoryData<string> Names => [.. Alerts.Select(a => a.At("alert")!.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Alert_HasASectionOfTheOperationPage(string alert)
    {
        YamlNode rule = Alerts.Single(a => a.At("alert")!.ToString() == alert);
        Assert.Equal($"docs/operation.md#{alert.ToLowerInvariant()}", rule.At("annotations", "runbook")?.ToString());
        Assert.Contains($"### {alert}", File.ReadAllLines(RepositoryFolder.Of("docs/operation.md")));
        Assert.Contains(rule.At("labels", "severity")?.ToString(), (string[])["warning", "critical"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Alert_IsTestedWhereItFires(string alert)
    {
        YamlNode tests = DeployFiles.Yaml("deploy/prometheus/alerts.test.yml").Single().At("tests")!;
        Assert.Contains(
            tests.Items().SelectMany(t => t.At("alert_rule_test").Items()),
            t => t.At("alertname")!.ToString() == alert && t.At("exp_alerts").Items().Any());
    }
}
