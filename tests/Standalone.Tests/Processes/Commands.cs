using System.Diagnostics;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Processes;

/// <summary>Runs the programs of this build as a person would.</summary>
internal static class Commands
{
    public static ProcessStartInfo Start(string program, params IEnumerable<string> arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, $"DinOrleans.{program}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    /// <summary>Runs a program to its end.</summary>
    public static Task<CommandResult> RunAsync(string program, CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        RunAsync(Start(program, arguments), cancellationToken);

    /// <summary>Runs what <see cref="Start"/> has made to its end.</summary>
    public static async Task<CommandResult> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        ProcessRun run = await ProcessRun.ToEndAsync(start, cancellationToken);
        return new(run.ExitCode, run.Output, run.Error);
    }
}

/// <summary>What a program left.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output of a program that must have succeeded.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}{Output}");
        return Output;
    }
}
