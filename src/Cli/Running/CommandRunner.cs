using DinOrleans.Client;
using DinOrleans.Contracts;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Network;

namespace DinOrleans.Cli.Running;

/// <summary>Runs commands and turns errors into messages and exit codes.</summary>
internal static class CommandRunner
{
    /// <summary>The exit code after an error that a person can correct, a wrong command line among them.</summary>
    public const int Failed = 1;

    /// <summary>The exit code after Ctrl-C, as shells count it: 128 + SIGINT.</summary>
    public const int Cancelled = 130;

    /// <summary>Runs a command. An error that a person can correct becomes one line on the standard error output.</summary>
    /// <param name="command">The command.</param>
    /// <param name="stopped">Gives the message after Ctrl-C. Null for the default message.</param>
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
            await Console.Error.WriteLineAsync("error: " + PlainMessage.Describe(e)).ConfigureAwait(false);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(stopped?.Invoke() ?? "stopped").ConfigureAwait(false);
            return Cancelled;
        }
    }

    private static bool IsInput(Exception e) =>
        e is InvalidContentException or InvalidDataException or TrainingDivergedException or IOException or UnauthorizedAccessException
            or StoreUnavailableException or InternalErrorException or DinOrleansException;
}
