using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests;

/// <summary>A server that asks for keys, and the command <c>keys</c>.</summary>
public sealed class KeysTests : IDisposable
{
    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Keys_OfAServer_AreMadeUsedAndRevokedAndTheirSecretsAreNowhere()
    {
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, [.. _shop.Arguments, "--Auth:Mode", "Keys"]);
        string output = await Eventually.BecomesAsync(
            "the first key is printed", () => Task.FromResult(server.Output), text => text.Contains("dok_", StringComparison.Ordinal), cancellationToken: Cancellation);
        string first = output.Split('\n').Single(line => line.Contains("dok_", StringComparison.Ordinal)).Trim();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, null));

        CommandResult made = await RunAsync(server, first, "make", "--note", "shoppers", "--scopes", "rank,events,users.read", "--days", "1");
        string key = made.Succeeded().Trim();
        CommandResult shoppers = await Commands.RunAsync(
            "Cli", Cancellation, "shoppers", "--url", server.Http.BaseAddress!.ToString(), "--shop", _shop.Dataset, "--candidates", "5", "--limit", "5", "--visits", "20", "--key", key);
        Assert.Contains("errors: none", shoppers.Succeeded(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(server, key));

        CommandResult refused = await RunAsync(server, key, "list");
        Assert.Equal((1, "error: GET /v1/keys: 403 Forbidden, This needs the scope admin, which the caller does not have.\n"), (refused.ExitCode, refused.Error));
        string list = (await RunAsync(server, first, "list")).Succeeded();
        Assert.Contains("shoppers", list, StringComparison.Ordinal);
        JsonElement listed = JsonSerializer.Deserialize<JsonElement>((await RunAsync(server, first, "list", "--json")).Succeeded());
        Assert.Contains(listed.GetProperty("keys").EnumerateArray(), k => k.GetProperty("id").GetString() == key[4..16]);
        (await RunAsync(server, first, "revoke", key[4..16])).Succeeded();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, key));
        Assert.Contains("revoked", (await RunAsync(server, first, "list")).Succeeded(), StringComparison.Ordinal);

        Assert.Contains($"revoked key {key[4..16]}", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key[17..], server.Output, StringComparison.Ordinal);
        Assert.Equal(2, server.Output.Split(first[17..]).Length);
        Assert.Empty(FilesWith(key[17..]).Concat(FilesWith(first[17..])));
        Assert.NotEmpty(FilesWith(key[4..16]));
    }

    [Fact]
    public async Task Start_OpenOnEveryAddress_EndsWithOneLine()
    {
        CommandResult ended = await Commands.RunAsync("Standalone", Cancellation, [.. _shop.Arguments, "--urls", $"http://0.0.0.0:{FreePort.Take(1)[0]}"]);
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("Auth:Mode is Open and http://0.0.0.0:", Assert.Single(ended.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(StandaloneProcess server, string key, string command, params string[] arguments)
    {
        ProcessStartInfo start = Commands.Start("Cli", ["keys", command, .. arguments, "--url", server.Http.BaseAddress!.ToString()]);
        start.Environment["DINORLEANS_KEY"] = key;
        return Commands.RunAsync(start, Cancellation);
    }

    private static async Task<HttpStatusCode> StatusAsync(StandaloneProcess server, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using HttpResponseMessage answer = await server.Http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private string[] FilesWith(string text)
    {
        byte[] sought = Encoding.ASCII.GetBytes(text);

        // The lock file is empty, and nobody else may open it.
        return [.. Directory.EnumerateFiles(_shop.Data, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != ".lock" && Read(file).AsSpan().IndexOf(sought) >= 0)];
    }

    /// <summary>Reads a file that the server has open.</summary>
    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] content = new byte[stream.Length];
        int read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return content[..read];
    }
}
