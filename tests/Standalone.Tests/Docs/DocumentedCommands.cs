using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Docs;

/// <summary>The commands that a page tells a newcomer to type, in their order.</summary>
internal sealed class DocumentedCommands
{
    private const string Beginning = "dotnet run -c Release --project src/";

    private readonly List<(string Program, string[] Arguments)> _commands;

    private DocumentedCommands(List<(string Program, string[] Arguments)> commands) => _commands = commands;

    /// <summary>Reads the commands of the code blocks under a heading.</summary>
    /// <param name="page">The page's path from the repository's root.</param>
    /// <param name="heading">The heading with its number signs.</param>
    public static DocumentedCommands Read(string page, string heading)
    {
        string section = File.ReadAllText(RepositoryFolder.Of(page)).Split(heading + "\n", 2)[1].Split("\n## ")[0].Replace("\\\n", " ", StringComparison.Ordinal);
        return new([.. section.Split('\n').Where(l => l.StartsWith(Beginning, StringComparison.Ordinal)).Select(Parse)]);
    }

    /// <summary>The arguments of the one command of a program that begins with a word, with other text in the place of what a reader would put in.</summary>
    /// <param name="program">The program, for example "Cli".</param>
    /// <param name="word">The first argument.</param>
    /// <param name="given">What to put in the place of an argument that stands on the page so.</param>
    public string[] Arguments(string program, string word, params IReadOnlyList<(string Written, string Given)> given) =>
        [.. _commands.Single(c => c.Program == program && c.Arguments.FirstOrDefault() == word).Arguments.Select(a => Fill(a, given))];

    private static string Fill(string argument, IReadOnlyList<(string Written, string Given)> given) =>
        given.FirstOrDefault(g => g.Written == argument, (Written: argument, Given: argument)).Given;

    private static (string Program, string[] Arguments) Parse(string line)
    {
        string[] words = line[Beginning.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (words[0], [.. words.Skip(1).SkipWhile(w => w == "--")]);
    }
}
