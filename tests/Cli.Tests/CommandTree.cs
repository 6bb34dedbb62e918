using System.CommandLine;

namespace DinOrleans.Cli.Tests;

/// <summary>The commands of the program.</summary>
internal static class CommandTree
{
    /// <summary>All commands with the words by which each is called, the root without any.</summary>
    public static IEnumerable<(string Words, Command Command)> All() => Below("", Commands.Create());

    /// <summary>The commands that do something.</summary>
    public static IEnumerable<(string Words, Command Command)> Leaves() => All().Where(c => c.Command.Subcommands.Count == 0);

    private static IEnumerable<(string Words, Command Command)> Below(string words, Command command) =>
        command.Subcommands.SelectMany(c => Below($"{words} {c.Name}".TrimStart(), c)).Prepend((words, command));
}
