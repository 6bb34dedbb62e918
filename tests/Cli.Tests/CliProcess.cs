using System.Diagnostics;

namespace DinOrleans.Cli.Tests;

/// <summary>Runs the program that lies beside this test's own.</summary>
internal static class CliProcess
{
    public static Process Start(string folder, string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "DinOrleans.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!;

    public static async Task<Ended> EndAsync(Process process)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new(process.ExitCode, output, await errors);
    }

    public static async Task<Ended> RunAsync(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        return await EndAsync(process);
    }
}

/// <summary>How a process ended.</summary>
internal sealed record Ended(int Code, string Output, string Errors);
