using System.Diagnostics;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>Builds or publishes a project for release.</summary>
internal static class DotnetBuild
{
    /// <exception cref="InvalidOperationException">It does not build; the message has the compiler's words.</exception>
    public static Task RunAsync(string project, CancellationToken cancellationToken) => DotnetAsync("build", project, [], cancellationToken);

    /// <summary>Publishes a project as the images have it: for this processor, with its code compiled ahead.</summary>
    /// <param name="project">The folder of the project.</param>
    /// <param name="output">The folder for the program.</param>
    /// <param name="intermediate">A folder for what is made on the way, kept for the next time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It does not build; the message has the compiler's words.</exception>
    public static Task PublishAsync(string project, string output, string intermediate, CancellationToken cancellationToken) => DotnetAsync(
        "publish",
        project,
        ["--use-current-runtime", "--self-contained", "false", "-p:PublishReadyToRun=true", "--artifacts-path", intermediate, "-o", output],
        cancellationToken);

    private static async Task DotnetAsync(string verb, string project, string[] options, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [verb, project, "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false", .. options])
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
