using DinOrleans.Cli.Completion;
using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests.Completion;

public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Shells => [.. CompletionScripts.All.Keys];

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

    /// <summary>A folder is offered only where the program suggests nothing, although its name begins with what was typed.</summary>
    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Shell_WithTheScript_CompletesACommandLine(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs Linux or macOS");
        CompletingShell shell = CompletingShell.All.Single(s => s.Name == name);
        WriteProgram();
        Directory.CreateDirectory(_folder["my-data"]);
        Directory.CreateDirectory(_folder["Last-data"]);
        (string Line, string Reply)[] rows =
        [
            ("dinorleans ke", "keys"),
            ("dinorleans keys re", "revoke"),
            ("dinorleans train --learn", "--learning-rate"),
            ("dinorleans train --protocol La", "LastItem"),
            ("dinorleans train --dataset my", shell.File),
            ("dinorleans keys list --nothing", ""),
        ];

        string[]? replies = await shell.CompleteAsync(_folder.Path, rows.Select(r => r.Line), Cancellation);

        Assert.SkipWhen(replies is null, shell.Needed);
        Assert.Equal(rows, rows.Zip(replies!, (row, reply) => (row.Line, reply)));
    }

    /// <summary>Writes a program dinorleans that runs the one beside the tests.</summary>
    private void WriteProgram()
    {
        string file = _folder.Write("dinorleans", $"#!/bin/sh\nexec dotnet exec '{Path.Combine(AppContext.BaseDirectory, "DinOrleans.Cli.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
