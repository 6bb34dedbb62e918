using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Docs.CodeBlocks;

/// <summary>
/// Does what a page says, block by block, in a folder of its own: sends requests, compares what comes back with what the page shows, and runs commands.
/// </summary>
/// <param name="page">The page.</param>
/// <param name="server">The server in the place of http://localhost:5000, until the page starts one of its own.</param>
/// <param name="cancellationToken">Ends the page.</param>
internal sealed partial class FollowedPage(string page, HttpClient server, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private HttpClient _server = server;
    private StandaloneProcess? _own;
    private JsonElement? _answer;
    private HttpStatusCode? _status;

    /// <summary>The folder in which the page's commands run.</summary>
    public TemporaryFolder Folder => _folder;

    /// <summary>Does all that the page says.</summary>
    /// <returns>The number of blocks that were done.</returns>
    public async Task<int> FollowAsync()
    {
        int done = 0;
        foreach (CodeBlock block in CodeBlock.Read(page))
        {
            if (await DoAsync(block))
            {
                done++;
            }
        }

        return done;
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            await _own.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<bool> DoAsync(CodeBlock block)
    {
        switch (block.Language)
        {
            case "http" when Exchange.Status(block.Text) is { } status:
                Assert.True(_status == status, $"{block}: the status is {_status}: {_answer}");
                Compare(block, Exchange.Body(block.Text));
                return true;
            case "http":
                await SendAsync(block);
                return true;
            case "json" when _answer is not null && DocPages.IsFollowed(page):
                Compare(block, DocJson.Parse(block.Text));
                return true;
            case "bash" when IsRun(block):
                await RunAsync(block);
                return true;
            default:
                // What is shown after text or a command that was not run is not an answer.
                _answer = null;
                return false;
        }
    }

    /// <summary>True for commands that are done: all of a page to follow, and elsewhere those that only send requests. Servers run for long, and are not.</summary>
    private bool IsRun(CodeBlock block)
    {
        IReadOnlyList<string[]> commands = ShellScript.Commands(block.Text);
        bool isToolOfReader = commands.Any(c => c is ["dotnet", "test", ..] or ["dotnet", "tool", ..]);
        return DocPages.IsFollowed(page) && !isToolOfReader
            ? commands.All(c => CommandRules.Server(c) is null) || IsTutorial
            : commands.All(c => c is ["curl", ..] && c.Any(w => w.Contains("localhost:5000", StringComparison.Ordinal)));
    }

    private bool IsTutorial => page == "docs/tutorial.md";

    private async Task SendAsync(CodeBlock block)
    {
        foreach (HttpRequestMessage request in Exchange.Requests(WithVersions(block.Text)))
        {
            using HttpResponseMessage answer = await _server.SendAsync(request, cancellationToken);
            string body = await answer.Content.ReadAsStringAsync(cancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{block}: {request.Method} {request.RequestUri} is answered {answer.StatusCode}: {body}");
            _status = answer.StatusCode;
            _answer = Json(body);
        }
    }

    private async Task RunAsync(CodeBlock block)
    {
        string text = WithVersions(block.Text);
        if (ShellScript.Commands(text).Select(CommandRules.Program).SingleOrDefault(p => p?.Name == "Standalone") is ({ }, var arguments))
        {
            await ServeAsync(arguments);
            return;
        }

        string command = CliProject().Replace(text, "dinorleans")
            .Replace("http://localhost:5000", _server.BaseAddress!.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal);
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", $$"""
            dinorleans() { dotnet "{{AppContext.BaseDirectory}}DinOrleans.Cli.dll" "$@"; }
            curl() { command curl --fail-with-body --max-time 60 "$@"; }
            {{command}}
            """])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        CommandResult result = await Commands.RunAsync(start, cancellationToken);
        Assert.True(result.ExitCode == 0, $"{block}: exit code {result.ExitCode}: {result.Error}{result.Output}");
        _answer = Json(result.Output);
    }

    /// <summary>Starts the server that the page starts, in whose place it speaks to another port.</summary>
    private async Task ServeAsync(string[] arguments)
    {
        string[] here = [.. arguments.Select((a, i) => i > 0 && arguments[i - 1] is "--dataset" or "--artifact" or "--data" ? _folder[a] : a)];
        _own = await StandaloneProcess.StartAsync(cancellationToken, here);
        await _own.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), cancellationToken);
        _server = _own.Http;
    }

    /// <summary>Puts the newest version of a folder into the place of the word VERSION, as the reader does.</summary>
    private string WithVersions(string text)
    {
        string? newest = null;
        text = VersionOfFolder().Replace(text, match =>
        {
            string folder = match.Groups["folder"].Value;
            newest = Directory.Exists(_folder[folder]) ? Directory.EnumerateDirectories(_folder[folder]).Select(Path.GetFileName).Max() : newest;
            return newest is null ? match.Value : $"{folder}/{newest}";
        });
        newest ??= Directory.EnumerateFiles(_folder.Path, "manifest.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file))).Max();
        return newest is null ? text : text.Replace("VERSION", newest, StringComparison.Ordinal);
    }

    private void Compare(CodeBlock block, JsonElement documented)
    {
        Assert.True(_answer is not null, $"{block}: nothing was answered that this could be.");
        string[] missing = [.. DocJson.Missing(documented, _answer!.Value)];
        Assert.True(missing.Length == 0, $"{block}: the answer has no {string.Join(", ", missing)}: {_answer}");
    }

    private static JsonElement? Json(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            // Many commands print text, with which no block of JSON is compared.
            return null;
        }
    }

    [GeneratedRegex(@"dotnet run( -c Release)? --project src/Cli --")]
    private static partial Regex CliProject();

    [GeneratedRegex(@"(?<folder>\w+)/VERSION\b")]
    private static partial Regex VersionOfFolder();
}
