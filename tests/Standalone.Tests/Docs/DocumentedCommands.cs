using DinOrleans.Standalone.Tests.Docs.CodeBlocks;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Docs;

/// <summary>The commands that a page tells a newcomer to type, in their order.</summary>
internal sealed class DocumentedCommands
{
    private readonly List<(string Program, string[] Arguments)> _commands;

    private DocumentedCommands(List<(string Program, string[] Arguments)> commands) => _commands = commands;

    /// <summary>Reads the commands of the code blocks under a heading.</summary>
    /// <param name="page">The page's path from the repository's root.</param>
    /// <param name="heading">The heading with its number signs.</param>
    public static DocumentedCommands Read(string page, string heading)
    {
        List<string> lines = [.. File.ReadAllLines(RepositoryFolder.Of(page))];
        int first = lines.IndexOf(heading);
        Assert.True(first >= 0, $"{page} has no heading \"{heading}\".");
        int next = lines.FindIndex(first + 1, l => l.StartsWith("## ", StringComparison.Ordinal));
        return new(
        [
            .. CodeBlock.Read(page).Where(b => b.Language == "bash" && b.Line > first && (next < 0 || b.Line <= next))
                .SelectMany(b => ShellScript.Commands(b.Text))
                .Select(CommandRules.Program)
                .OfType<(string, string[])>(),
        ]);
    }

    /// <summary>The arguments of the one command of a program that begins with a word, with other text in the place of what a reader would put in.</summary>
    /// <param name="program">The program, for example "Cli".</param>
    /// <param name="word">The first argument.</param>
    /// <param name="given">What to put in the place of an argument that stands on the page so.</param>
    public string[] Arguments(string program, string word, params IReadOnlyList<(string Written, string Given)> given) =>
        [.. _commands.Single(c => c.Program == program && c.Arguments.FirstOrDefault() == word).Arguments.Select(a => Fill(a, given))];

    private static string Fill(string argument, IReadOnlyList<(string Written, string Given)> given) =>
        given.FirstOrDefault(g => g.Written == argument, (Written: argument, Given: argument)).Given;
}
