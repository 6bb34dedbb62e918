using System.CommandLine.Parsing;
using DinOrleans.Cli.Help;

namespace DinOrleans.Cli.Tests.Help;

/// <summary>Every command shows examples, and each of them can be run.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> EveryCommand => [.. CommandTree.All().Select(c => c.Words)];

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public void Help_OfEveryCommand_ShowsItsExamples(string words)
    {
        IReadOnlyList<string> examples = CommandExamples.Of(CommandTree.All().Single(c => c.Words == words).Command);
        Assert.True(examples.Count > 0, $"\"{words}\" has no example: call WithExamples where it is made.");

        var parsed = Commands.Parse([.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        using var output = new StringWriter();
        Assert.Equal(0, parsed.Invoke(new() { Output = output }));

        Assert.EndsWith("Examples:\n" + string.Concat(examples.Select(e => $"  {e}\n")) + "\n", output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryCommand))]
    public void Examples_OfEveryCommand_AreCommandLinesOfIt(string words)
    {
        var command = CommandTree.All().Single(c => c.Words == words).Command;
        Assert.All(CommandExamples.Of(command), example =>
        {
            string[] line = [.. CommandLineParser.SplitCommandLine(example)];
            Assert.Equal(CommandExamples.Program, line[0]);
            var parsed = Commands.Parse(line[1..]);
            Assert.Empty(parsed.Errors.Select(e => e.Message));
            Assert.StartsWith($"{CommandExamples.Program} {words}".TrimEnd() + " ", example, StringComparison.Ordinal);
            Assert.Empty(parsed.CommandResult.Command.Subcommands);
        });
    }
}
