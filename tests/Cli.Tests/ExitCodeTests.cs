using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests;

/// <summary>The exit codes that docs/cli.md lists. TrainCommandTests and ShoppersTests see 130, and DoctorCommandTests 2.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "keys list --help")]
    [InlineData(0, "--version")]
    [InlineData(0, "completion bash")]
    [InlineData(1, "no-such-command")]
    [InlineData(1, "completion tcsh")]
    [InlineData(1, "train")]
    [InlineData(1, "import csv nowhere.csv --out shop --json")]
    public async Task Run_Ends_WithTheCode(int code, string arguments)
    {
        Ended end = await CliProcess.RunAsync(_folder.Path, arguments.Split(' '));

        Assert.Equal(code, end.Code);
        Assert.Equal(code == 0, end.Errors.Length == 0);
        Assert.Equal(code == 0, end.Output.Length > 0);
    }

    [Fact]
    public void Page_OfTheCommandLine_ListsTheCodes()
    {
        string page = File.ReadAllText(RepositoryFolder.Of("docs/cli.md"));
        Assert.All((int[])[0, 1, 2, 130], code => Assert.Contains($"\n| {code} | ", page, StringComparison.Ordinal));
    }
}
