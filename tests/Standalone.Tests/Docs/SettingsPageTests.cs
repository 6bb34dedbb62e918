using DinOrleans.Programs;
using DinOrleans.Standalone.Shop;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Docs;

/// <summary>docs/settings.md says what the programs read.</summary>
public sealed class SettingsPageTests
{
    /// <summary>Set to 1, this environment variable makes the test write the page instead of checking it.</summary>
    private const string Generate = "DINORLEANS_GENERATE_DOCS";

    private static readonly string Page = RepositoryFolder.Of("docs/settings.md");

    [Fact]
    public async Task Page_OfTheSettings_IsWhatTheDocstringsSay()
    {
        string written = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);
        string generated = await SettingsPage.WriteAsync(written);
        if (Environment.GetEnvironmentVariable(Generate) == "1")
        {
            await File.WriteAllTextAsync(Page, generated, TestContext.Current.CancellationToken);
            return;
        }

        Assert.True(written == generated, $"""
            docs/settings.md does not say what the options say: {Difference(written.Split('\n'), generated.Split('\n'))}
            Generate it again, and look at the difference:
            {Generate}=1 dotnet test --project tests/Standalone.Tests -c Release -- --filter-class "*SettingsPageTests"
            """);
    }

    [Fact]
    public async Task Page_OfTheSettings_NamesWhatTheHostReadsAndTheOptionsOfStandalone()
    {
        string page = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);
        string[] names = [.. ProgramUsage.WebHost, .. StandaloneArguments.Usage.Options.Select(o => o.Name)];
        Assert.All(names, name => Assert.Contains($"`{name}", page, StringComparison.Ordinal));
    }

    private static string Difference(string[] written, string[] generated)
    {
        int line = written.Zip(generated).TakeWhile(lines => lines.First == lines.Second).Count();
        return $"line {line + 1} is \"{written.ElementAtOrDefault(line)}\" and should be \"{generated.ElementAtOrDefault(line)}\".";
    }
}
