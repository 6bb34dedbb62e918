using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.Models;

/// <summary>The command <c>publish</c> against a server that runs.</summary>
[Trait("Category", "Slow")]
public sealed class PublishCommandTests : IDisposable
{
    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Store => Path.Combine(_shop.Data, "versions");

    [Fact]
    public async Task Publish_UploadedOrCopied_BecomesActiveAndADamagedVersionChangesNothing()
    {
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, [.. _shop.Arguments, "--Experiments:RollOut", "Immediate"]);
        await server.LineAsync("curl", Cancellation);
        string url = server.Http.BaseAddress!.ToString();

        string uploaded = _shop.WriteVersion(seed: 2);
        CommandResult first = await Commands.RunAsync("Cli", Cancellation, "publish", uploaded, "--to", url);
        Assert.Equal(Path.GetFileName(uploaded), first.Succeeded().Trim());
        Assert.Matches(@"^sent [0-9.]+ of [0-9.]+ MiB; the server verifies the version\n$", first.Error);
        await IsActiveAsync(server, uploaded);

        string copied = _shop.WriteVersion(seed: 3);
        string published = (await Commands.RunAsync("Cli", Cancellation, "publish", copied, "--to", url, "--store", Store, "--json")).Succeeded();
        JsonElement result = JsonSerializer.Deserialize<JsonElement>(published);
        Assert.Equal((Path.GetFileName(copied), false), (result.GetProperty("version").GetString(), result.GetProperty("uploaded").GetBoolean()));
        await IsActiveAsync(server, copied);

        string damaged = _shop.WriteVersion(seed: 4);
        await File.AppendAllTextAsync(Path.Combine(damaged, "scorer.onnx"), "x", Cancellation);
        CommandResult refused = await Commands.RunAsync("Cli", Cancellation, "publish", damaged, "--to", url);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("scorer.onnx", refused.Error, StringComparison.Ordinal);

        string other = Other();
        CommandResult mismatched = await Commands.RunAsync("Cli", Cancellation, "publish", other, "--to", url);
        Assert.Equal(1, mismatched.ExitCode);
        Assert.Contains($"PUT /v1/models/{Path.GetFileName(other)}: 400 Bad Request, ", mismatched.Error, StringComparison.Ordinal);
        Assert.Contains("; version ", mismatched.Error, StringComparison.Ordinal);

        CommandResult lost = await Commands.RunAsync("Cli", Cancellation, "publish", uploaded, "--to", $"http://127.0.0.1:{FreePort.Take(1)[0]}");
        Assert.Equal(1, lost.ExitCode);
        Assert.Matches(@"^error: http://127\.0\.0\.1:[0-9]+ cannot be reached: ", lost.Error);
        Assert.Equal(
            new[] { _shop.Artifact, uploaded, copied }.Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Directory.GetFileSystemEntries(Store).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await IsActiveAsync(server, copied);
    }

    [Fact]
    public async Task Publish_WhileAnExperimentHasTheUsers_SaysThatTheVersionWaitsAndWhy()
    {
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments);
        await server.LineAsync("curl", Cancellation);
        var drawn = new { mode = "split", arms = new[] { new { name = "drawn", share = 10, temperature = 0.05 } } };
        using (HttpResponseMessage started = await server.Http.PutAsJsonAsync("/v1/experiments/warmer-list", drawn, Cancellation))
        {
            started.EnsureSuccessStatusCode();
        }

        string version = _shop.WriteVersion(seed: 2);
        CommandResult result = await Commands.RunAsync("Cli", Cancellation, "publish", version, "--to", server.Http.BaseAddress!.ToString());

        Assert.Equal(Path.GetFileName(version), result.Succeeded().Trim());
        Assert.EndsWith(
            "\nIt waits before it comes to the users: the running experiment \"warmer-list\" has some of its users. It goes on by itself.\n", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _shop.Dispose();

    /// <summary>A whole version whose manifest names a task that the shop does not have.</summary>
    private string Other() => TestShop.UntrainedArtifact.Write(
        Path.Combine(Path.GetDirectoryName(_shop.Dataset)!, "others"),
        TestShop.SmallShop.Schema with { Tasks = [new("praise", ["click"])] },
        TestShop.SmallShop.Values);

    private static Task IsActiveAsync(StandaloneProcess server, string version) => server.WaitAsync(
        "/v1/models", models => models.Contains($"\"active\":\"{Path.GetFileName(version)}\"", StringComparison.Ordinal), Cancellation);
}
