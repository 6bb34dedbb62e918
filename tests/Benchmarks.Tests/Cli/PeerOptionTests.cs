using System.CommandLine;
using DinOrleans.Benchmarks.Cli;

namespace DinOrleans.Benchmarks.Tests.Cli;

public sealed class PeerOptionTests
{
    [Fact]
    public void Parse_PythonThatIsMissing_SaysWhatIsMissing()
    {
        ParseResult result = Parse("Modules of Python are missing: python3 does not have torch.", "--peer", "python");

        Assert.Equal("--peer python: Modules of Python are missing: python3 does not have torch.", Assert.Single(result.Errors).Message);
    }

    [Fact]
    public void Parse_PythonThatIsThere_IsTaken()
    {
        Option<string[]> option = PeerOption.Create(() => null);

        Assert.Equal([PeerOption.Python], new RootCommand { option }.Parse(["--peer", "python"]).GetRequiredValue(option));
    }

    [Fact]
    public void Parse_NoPeer_DoesNotLookForPython() => Assert.Empty(Parse("Python is missing.").Errors);

    [Fact]
    public void Parse_AnotherPeer_IsRefused() => Assert.NotEmpty(Parse(whyNoPython: null, "--peer", "ruby").Errors);

    private static ParseResult Parse(string? whyNoPython, params string[] arguments) => new RootCommand { PeerOption.Create(() => whyNoPython) }.Parse(arguments);
}
