using System.CommandLine;
using System.CommandLine.Invocation;
using DinOrleans.Datasets;
using DinOrleans.Model.Artifacts;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Checkpoints;

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

    /// <summary>Visits under way may take five seconds to end, and then the report is written.</summary>
    private static readonly TimeSpan TimeToReport = TimeSpan.FromSeconds(20);

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
        invocation.ProcessTerminationTimeout = arguments.CommandResult.Command.Name switch
        {
            TrainCommand.Name => TimeToSave,
            ShoppersCommand.Name => TimeToReport,
            _ => invocation.ProcessTerminationTimeout,
        };
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
        e is InvalidDataException or ArgumentException or DatasetException or ArtifactException or CheckpointException
            or TrainingDivergedException or IOException or UnauthorizedAccessException;
}
