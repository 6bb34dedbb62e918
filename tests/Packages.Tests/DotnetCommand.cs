using System.Diagnostics;
using DinOrleans.TestMachine;

namespace DinOrleans.Packages.Tests;

/// <summary>Runs programs as a person would.</summary>
internal static class DotnetCommand
{
    /// <summary>The configuration that these tests were built with.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Runs a command to its end.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <returns>The exit code, and everything that it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> TryAsync(string folder, CancellationToken cancellationToken, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // A command within a test is one of its own: it must not share servers, or be told by variables that it is part of a build.
        foreach (string variable in (string[])["MSBUILDDISABLENODEREUSE", "DOTNET_CLI_USE_MSBUILD_SERVER"])
        {
            start.Environment[variable] = variable.StartsWith("MSBUILD", StringComparison.Ordinal) ? "1" : "0";
        }

        ProcessRun run = await ProcessRun.ToEndAsync(start, cancellationToken);
        return (run.ExitCode, run.Output + run.Error);
    }

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>Everything that it wrote.</returns>
    public static async Task<string> RunAsync(string folder, CancellationToken cancellationToken, params string[] command)
    {
        (int exitCode, string output) = await TryAsync(folder, cancellationToken, command);
        Assert.True(exitCode == 0, $"{string.Join(' ', command)} ended with code {exitCode}: {output}");
        return output;
    }
}
