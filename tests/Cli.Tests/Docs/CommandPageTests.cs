using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests.Docs;

/// <summary>docs/cli.md says what the commands take and print.</summary>
public sealed class CommandPageTests
{
    private const string Page = "docs/cli.md";

    [Fact]
    public async Task Page_OfTheCommandLine_IsWhatTheCommandsSay()
    {
        string written = await File.ReadAllTextAsync(RepositoryFolder.Of(Page), TestContext.Current.CancellationToken);
        await GeneratedFile.CheckAsync(
            Page, CommandPage.Write(written), "does not say what the commands say", "Cli.Tests", nameof(CommandPageTests), TestContext.Current.CancellationToken);
    }
}
