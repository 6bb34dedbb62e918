using System.Diagnostics;
using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests.Completion;

/// <summary>A shell that completes command lines.</summary>
/// <param name="Name">What the command completion calls it.</param>
/// <param name="Program">The program, and what of its arguments comes before the script.</param>
/// <param name="Script">The name of a script that prints what the shell completes each of its arguments to.</param>
/// <param name="File">What it completes the first two letters of the folder my-data to; empty where bash itself, and not the script, does so.</param>
internal sealed record CompletingShell(string Name, string[] Program, string Script, string File)
{
    private const string Restore = "dotnet tool restore";

    private static readonly string Scripts = RepositoryFolder.Of("tests/Cli.Tests/Completion/Shells");

    /// <summary>The shells.</summary>
    public static IReadOnlyList<CompletingShell> All { get; } =
    [
        new("bash", ["bash", "--norc"], "complete.bash", ""),
        new("zsh", ["zsh", "-f"], "complete.zsh", "my-data/"),
        new("fish", ["fish", "--no-config"], "complete.fish", "my-data/"),
        new("pwsh", ["dotnet", "tool", "run", "pwsh", "--", "-NoProfile", "-NonInteractive", "-File"], "complete.ps1", "./my-data"),
    ];

    /// <summary>What is missing where the shell is.</summary>
    public string Needed => Program[0] == "dotnet" ? $"needs PowerShell: run \"{Restore}\"" : $"needs {Name}";

    /// <summary>Has the shell complete lines.</summary>
    /// <param name="folder">The current folder, which has the program dinorleans too.</param>
    /// <param name="lines">Lines with the cursor at the end.</param>
    /// <param name="cancellationToken">Ends the shell.</param>
    /// <returns>What it completes the last word of each line to; empty where it finds nothing. Null where the machine does not have the shell.</returns>
    public async Task<string[]?> CompleteAsync(string folder, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(f => System.IO.File.Exists(Path.Combine(f, Program[0]))))
        {
            return null;
        }

        // The manifest of local tools is looked for above the current folder.
        var start = new ProcessStartInfo(Program[0], [.. Program[1..], Path.Combine(Scripts, Script), folder, .. lines])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Scripts,
        };
        start.Environment["PATH"] = string.Join(Path.PathSeparator, [folder, .. folders]);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        ProcessRun run = await ProcessRun.ToEndAsync(start, cancellationToken);
        if (run.Error.Contains(Restore, StringComparison.Ordinal))
        {
            return null;
        }

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Output.ReplaceLineEndings("\n").Split('\n')[..^1];
    }
}
