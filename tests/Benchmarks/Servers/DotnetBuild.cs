using System.Diagnostics;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>Builds a project for release.</summary>
internal static class DotnetBuild
{
    /// <exception cref="InvalidOperationException">It does not build; the message has the compiler's words.</exception>
    public static async Task RunAsync(string project, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process build = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        Task<string> errors = build.StandardError.ReadToEndAsync(cancellationToken);
        string output = await build.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await build.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException($"{project} does not build:\n{output}{await errors.ConfigureAwait(false)}");
        }
    }
}
