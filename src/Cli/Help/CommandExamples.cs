using System.CommandLine;
using System.Runtime.CompilerServices;

namespace DinOrleans.Cli.Help;

/// <summary>Examples of commands, which <c>--help</c> and docs/cli.md show.</summary>
internal static class CommandExamples
{
    /// <summary>The name of the program, with which an example begins.</summary>
    public const string Program = "dinorleans";

    private static readonly ConditionalWeakTable<Command, IReadOnlyList<string>> Known = [];

    /// <summary>Gives a command its examples.</summary>
    /// <param name="command">The command, without subcommands.</param>
    /// <param name="examples">At least one whole command line, such as "dinorleans keys list --url http://localhost:5000".</param>
    public static Command WithExamples(this Command command, params IReadOnlyList<string> examples)
    {
        Known.Add(command, examples);
        return command;
    }

    /// <summary>The examples of a command; for one with subcommands, the first example of each.</summary>
    public static IReadOnlyList<string> Of(Command command) =>
        command.Subcommands.Count > 0 ? [.. command.Subcommands.SelectMany(c => Of(c).Take(1))]
        : Known.TryGetValue(command, out IReadOnlyList<string>? examples) ? examples
        : [];
}
