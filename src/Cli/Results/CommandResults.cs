using System.CommandLine;
using System.Text.Json;

namespace DinOrleans.Cli.Results;

/// <summary>Prints the results of commands on the standard output: text for people, or JSON for programs. Everything else goes to the standard error output.</summary>
internal static class CommandResults
{
    /// <summary>Adds <c>--json</c> to a command whose action calls <see cref="Print"/>.</summary>
    /// <typeparam name="T">The type of the result. docs/cli.md describes its members by their docstrings.</typeparam>
    /// <param name="command">The command.</param>
    public static Command Prints<T>(this Command command)
    {
        command.Options.Add(new JsonOption(typeof(T)));
        return command;
    }

    /// <summary>Prints the result of a command.</summary>
    /// <param name="arguments">The command line, of a command that was made with <see cref="Prints"/>.</param>
    /// <param name="result">The result.</param>
    /// <param name="text">The result for people, of one line or of several.</param>
    public static void Print<T>(this ParseResult arguments, T result, Func<T, string> text)
    {
        Console.Out.Write((arguments.IsJson() ? JsonSerializer.Serialize(result, ResultJson.Options) : text(result)).TrimEnd('\n') + "\n");
    }

    /// <summary>True if the result of the command is to be JSON, so that nothing else may be on the standard output.</summary>
    public static bool IsJson(this ParseResult arguments) => arguments.GetValue(arguments.CommandResult.Command.Options.OfType<JsonOption>().Single());
}
