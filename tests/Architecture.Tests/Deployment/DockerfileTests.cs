using System.Text.RegularExpressions;
using DinOrleans.TestMachine;

namespace DinOrleans.Architecture.Tests.Deployment;

/// <summary>What can be said of the images without building them.</summary>
public sealed partial class DockerfileTests
{
    public static TheoryData<string> Targets => [.. DeployFiles.Stages().Where(s => s.Value.Any(l => l.StartsWith("ENTRYPOINT", StringComparison.Ordinal))).Select(s => s.Key)];

    [Fact]
    public void Targets_AreThePrograms() =>
        Assert.Equal(["gateway", "silo", "silo-cuda", "standalone", "training"], Targets.Select(t => t.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Target_RunsAsAUserWithoutRightsAndSaysHowItIs(string target)
    {
        string[] lines = DeployFiles.WithItsBases(target);
        Assert.Matches(@"^USER [1-9]\d*:[1-9]\d*$", lines.Last(l => l.StartsWith("USER ", StringComparison.Ordinal)));
        string port = HealthCheck().Match(Assert.Single(lines, l => l.StartsWith("HEALTHCHECK", StringComparison.Ordinal))).Groups["port"].Value;
        Assert.Contains($":{port}\"", EntryPoint(lines), StringComparison.Ordinal);
        Assert.Contains(port, lines.Single(l => l.StartsWith("EXPOSE ", StringComparison.Ordinal)).Split(' '));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Target_StartsTheProgramThatItHasWithSettingsThatExist(string target)
    {
        string[] lines = DeployFiles.WithItsBases(target);
        string entry = EntryPoint(lines);
        string program = ProgramFile().Match(entry).Groups["program"].Value;
        string build = BuildStage().Match(lines.Last(l => BuildStage().IsMatch(l))).Groups["stage"].Value;
        Assert.Contains(DeployFiles.Stages()[build], l => l.StartsWith($"RUN dotnet publish src/{program} ", StringComparison.Ordinal));
        Assert.True(File.Exists(RepositoryFolder.Of($"src/{program}/Program.cs")));
        Assert.Empty(SettingOption().Matches(entry).Select(m => m.Groups["name"].Value).Except(DeployFiles.Settings));
    }

    [Fact]
    public void Copies_FromTheRepository_AreOfFilesThatExist()
    {
        string[] copied = [.. DeployFiles.Stages().SelectMany(s => s.Value).Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from", StringComparison.Ordinal)).Select(l => l.Split(' ')[1])];
        Assert.Contains("deploy/healthcheck.sh", copied);
        Assert.DoesNotContain(copied, path => !Path.Exists(RepositoryFolder.Of(path)));
    }

    private static string EntryPoint(string[] lines) => lines.Single(l => l.StartsWith("ENTRYPOINT", StringComparison.Ordinal));

    [GeneratedRegex("""CMD \["healthcheck.sh", "(?<port>\d+)", "/health/live"\]$""")]
    private static partial Regex HealthCheck();

    [GeneratedRegex(@"DinOrleans\.(?<program>\w+)\.dll")]
    private static partial Regex ProgramFile();

    [GeneratedRegex(@"^COPY --from=(?<stage>build-\S+) ")]
    private static partial Regex BuildStage();

    [GeneratedRegex(@"""--(?<name>\w+:\w+)""")]
    private static partial Regex SettingOption();
}
