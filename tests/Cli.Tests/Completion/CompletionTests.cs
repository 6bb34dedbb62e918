using System.Diagnostics;
using DinOrleans.Cli.Completion;
using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ke", "keys")]
    [InlineData("", "doctor")]
    [InlineData("keys ", "revoke")]
    [InlineData("keys re", "revoke")]
    [InlineData("train --learn", "--learning-rate")]
    [InlineData("train --protocol ", "LastItem")]
    [InlineData("train --model two", "two-tower")]
    [InlineData("completion ", "fish")]
    public void Suggest_TextBeforeTheCursor_SaysWhatMayFollow(string text, string suggestion)
    {
        using var output = new StringWriter();

        Assert.Equal(0, Commands.Parse([$"[suggest:{text.Length}]", text]).Invoke(new() { Output = output }));

        Assert.Contains(suggestion, output.ToString().Split('\n', StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("dinorleans ke", "keys")]
    [InlineData("dinorleans keys re", "revoke")]
    [InlineData("dinorleans train --learn", "--learning-rate")]
    [InlineData("dinorleans keys list --nothing", "")]
    public async Task Bash_WithTheScript_CompletesACommandLine(string line, string reply)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "needs bash");
        await File.WriteAllTextAsync(_folder["dinorleans"], $"#!/bin/sh\nexec dotnet exec '{Path.Combine(AppContext.BaseDirectory, "DinOrleans.Cli.dll")}' \"$@\"\n", Cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder["dinorleans"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string script = $$"""
            PATH="{{_folder.Path}}:$PATH"
            source <(dinorleans completion bash) || exit 3
            complete -p dinorleans >/dev/null || exit 4
            COMP_LINE='{{line}}'
            COMP_POINT=$(({{line.Length}}))
            COMP_WORDS=({{line}})
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _dinorleans
            echo "${COMPREPLY[*]}"
            """;

        (int code, string output, string errors) = await ShellAsync("bash", script);

        Assert.Equal((0, reply, ""), (code, output.Trim(), errors));
    }

    [Theory]
    [InlineData("bash", "-n")]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public async Task Script_OfAShell_CanBeReadByIt(string shell, string check)
    {
        string file = _folder.Write("completion." + shell, CompletionScripts.All[shell]);
        Assert.SkipUnless(Programs().Any(folder => File.Exists(Path.Combine(folder, shell))), $"needs {shell}");

        (int code, _, string errors) = await RunAsync(shell, check, file);

        Assert.Equal((0, ""), (code, errors));
    }

    private static string[] Programs() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private Task<(int Code, string Output, string Errors)> ShellAsync(string shell, string script) => RunAsync(shell, _folder.Write("script", script.ReplaceLineEndings("\n")));

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, output, await errors);
    }
}
