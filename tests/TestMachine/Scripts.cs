using System.Diagnostics;
using Xunit;

namespace DinOrleans.TestMachine;

/// <summary>Runs scripts in other languages. A test that needs one skips where the language or its packages are missing.</summary>
public static class Scripts
{
    /// <summary>Runs a script on Node to its end.</summary>
    /// <param name="folder">The folder of the packages that it needs, from the repository's root.</param>
    /// <param name="arguments">The script's path in the folder, and its arguments.</param>
    /// <param name="cancellationToken">Ends the script.</param>
    public static Task<ScriptResult> NodeAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string? node = Find("node");
        Assert.SkipWhen(node is null, "Node is not on the path.");
        Assert.SkipUnless(
            Directory.Exists(RepositoryFolder.Of($"{folder}/node_modules")), $"The packages of {folder} are not installed. Run: npm ci --ignore-scripts --prefix {folder}");
        return RunAsync(node!, folder, arguments, cancellationToken);
    }

    /// <summary>Runs Python 3 to its end.</summary>
    /// <param name="folder">The folder to run in, from the repository's root.</param>
    /// <param name="arguments">The arguments of Python.</param>
    /// <param name="cancellationToken">Ends the script.</param>
    public static Task<ScriptResult> PythonAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string? python = Find("python3");
        Assert.SkipWhen(python is null, "Python 3 is not on the path.");
        return RunAsync(python!, folder, arguments, cancellationToken);
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists);

    private static async Task<ScriptResult> RunAsync(string program, string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = RepositoryFolder.Of(folder), RedirectStandardOutput = true, RedirectStandardError = true };

        // The source tree stays as it is.
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        ProcessRun run = await ProcessRun.ToEndAsync(start, cancellationToken);
        return new(run.ExitCode, run.Output + run.Error);
    }
}

/// <summary>What a script left.</summary>
/// <param name="ExitCode">The exit code; 0 where it succeeded.</param>
/// <param name="Output">All that it wrote.</param>
public sealed record ScriptResult(int ExitCode, string Output)
{
    /// <summary>Fails the test unless the script has succeeded.</summary>
    public void Succeeded() => Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Output}");
}
