using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests.Docs;

/// <summary>docs/cli.md says what the commands take and print.</summary>
public sealed class CommandPageTests
{
    /// <summary>Set to 1, this environment variable makes the test write the page instead of checking it.</summary>
    private const string Generate = "DINORLEANS_GENERATE_DOCS";

    private static readonly string Page = RepositoryFolder.Of("docs/cli.md");

    [Fact]
    public async Task Page_OfTheCommandLine_IsWhatTheCommandsSay()
    {
        string written = await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken);
        string generated = CommandPage.Write(written);
        if (Environment.GetEnvironmentVariable(Generate) == "1")
        {
            await File.WriteAllTextAsync(Page, generated, TestContext.Current.CancellationToken);
            return;
        }

        Assert.True(written == generated, $"""
            docs/cli.md does not say what the commands say: {Difference(written.Split('\n'), generated.Split('\n'))}
            Generate it again, and look at the difference:
            {Generate}=1 dotnet test --project tests/Cli.Tests -c Release -- --filter-class "*CommandPageTests"
            """);
    }

    private static string Difference(string[] written, string[] generated)
    {
        int line = written.Zip(generated).TakeWhile(lines => lines.First == lines.Second).Count();
        return $"line {line + 1} is \"{written.ElementAtOrDefault(line)}\" and should be \"{generated.ElementAtOrDefault(line)}\".";
    }
}
