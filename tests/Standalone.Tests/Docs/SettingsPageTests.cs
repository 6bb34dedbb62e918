using DinOrleans.Programs;
using DinOrleans.Standalone.Shop;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Docs;

/// <summary>docs/settings.md says what the programs read.</summary>
public sealed class SettingsPageTests
{
    private const string Page = "docs/settings.md";

    [Fact]
    public async Task Page_OfTheSettings_IsWhatTheDocstringsSay()
    {
        string written = await File.ReadAllTextAsync(RepositoryFolder.Of(Page), TestContext.Current.CancellationToken);
        await GeneratedFile.CheckAsync(
            Page,
            await SettingsPage.WriteAsync(written),
            "does not say what the options say",
            "Standalone.Tests",
            nameof(SettingsPageTests),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Page_OfTheSettings_NamesWhatTheHostReadsAndTheOptionsOfStandalone()
    {
        string page = await File.ReadAllTextAsync(RepositoryFolder.Of(Page), TestContext.Current.CancellationToken);
        string[] names = [.. ProgramUsage.WebHost, .. StandaloneArguments.Usage.Options.Select(o => o.Name)];
        Assert.All(names, name => Assert.Contains($"`{name}", page, StringComparison.Ordinal));
    }
}
