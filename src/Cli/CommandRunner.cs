using System.CommandLine;
using System.CommandLine.Invocation;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Cli;

/// <summary>Runs a command: what a person can mend is one clear line and exit code 1.</summary>
internal static class CommandRunner
{
    /// <summary>Exit code of a bad input.</summary>
    public const int Failed = 1;

    /// <summary>Exit code after Ctrl-C, as shells count it: 128 + SIGINT.</summary>
    public const int Cancelled = 130;

    /// <summary>Writing the checkpoint of a large training takes more than the two seconds that commands have to end after Ctrl-C.</summary>
    private static readonly TimeSpan TimeToSave = TimeSpan.FromMinutes(10);

    /// <summary>Runs a command line. One that cannot be read is refused in one line, without the help, which <c>--help</c> prints.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(ParseResult arguments)
    {
        if (arguments.Action is ParseErrorAction)
        {
            string errors = string.Join(' ', arguments.Errors.Select(e => e.Message)).ReplaceLineEndings(" ");
            await Console.Error.WriteLineAsync($"error: {errors} --help lists what there is.").ConfigureAwait(false);
            return Failed;
        }

        return await arguments.InvokeAsync(Invocation(arguments)).ConfigureAwait(false);
    }

    /// <summary>How a command line is run.</summary>
    public static InvocationConfiguration Invocation(ParseResult arguments)
    {
        var invocation = new InvocationConfiguration();
        if (arguments.CommandResult.Command.Name == TrainCommand.Name)
        {
            invocation.ProcessTerminationTimeout = TimeToSave;
        }

        return invocation;
    }

    /// <param name="command">What is run.</param>
    /// <param name="stopped">What to say after Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Func<Task> command, Func<string>? stopped = null)
    {
        try
        {
            await command().ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (IsInput(e))
        {
            await Console.Error.WriteLineAsync("error: " + PlainMessage.Of(e)).ConfigureAwait(false);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(stopped?.Invoke() ?? "stopped").ConfigureAwait(false);
            return Cancelled;
        }
    }

    private static bool IsInput(Exception e) =>
        e is InvalidContentException or InvalidDataException or ArgumentException or TrainingDivergedException or IOException
            or UnauthorizedAccessException;
}
