using System.Net.Http.Json;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.Samples;

/// <summary>Each sample does against a server what its README says.</summary>
public sealed class SamplesTests : IDisposable
{
    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RankOverRest_WithAServer_RanksSendsAClickAndRanksWithIt()
    {
        await using StandaloneProcess server = await StartAsync();
        string output = (await RunAsync("RankOverRest", [server.Http.BaseAddress!.ToString(), "guest", .. _shop.ItemIds.Take(3), "never seen"])).Succeeded();
        AssertRankedTwice(output);
        Assert.Contains("never seen (not in the catalogue)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RankOverRest_WithInputThatBreaksRules_NamesFieldAndRule()
    {
        await using StandaloneProcess server = await StartAsync();
        CommandResult result = await RunAsync("RankOverRest", server.Http.BaseAddress!.ToString(), "guest", "twice", "twice");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("400 Bad Request", result.Error, StringComparison.Ordinal);
        Assert.Contains("candidates[1].itemId must occur once", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RankAsGrainClient_WithAServer_RanksSendsAClickAndRanksWithIt()
    {
        await using StandaloneProcess server = await StartAsync();
        AssertRankedTwice((await RunAsync("RankAsGrainClient", [$"{server.ClientPort}", "guest", .. _shop.ItemIds.Take(3)])).Succeeded());
        CommandResult refused = await RunAsync("RankAsGrainClient", $"{server.ClientPort}", "guest", "twice", "twice");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("candidates[1].itemId must occur once", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrainAndPublish_WithAServer_MakesItServeTheTrainedVersion()
    {
        await using StandaloneProcess server = await StartAsync();
        string output = (await RunAsync("TrainAndPublish", _shop.Dataset, _shop.Data, $"{server.ClientPort}")).Succeeded();
        string line = output.Split('\n').Single(l => l.StartsWith("Version ", StringComparison.Ordinal));
        string version = line.Split(' ')[1];
        Assert.NotEqual(Path.GetFileName(_shop.Artifact), version);
        await server.WaitAsync("/v1/models", body => body.Contains($"\"serving\":\"{version}\"", StringComparison.Ordinal), Cancellation);
    }

    [Theory]
    [InlineData("RankOverRest")]
    [InlineData("RankAsGrainClient")]
    [InlineData("TrainAndPublish")]
    public async Task Sample_WithoutArguments_SaysHowItIsCalled(string sample)
    {
        CommandResult result = await RunAsync(sample);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith($"Usage: {sample} ", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _shop.Dispose();

    private static void AssertRankedTwice(string output)
    {
        string[] rankings = [.. output.Split('\n').Where(l => l.StartsWith("Ranked by ", StringComparison.Ordinal))];
        Assert.Equal(2, rankings.Length);
        Assert.Contains("with 0 behaviours", rankings[0], StringComparison.Ordinal);
        Assert.Contains("with 1 behaviours", rankings[1], StringComparison.Ordinal);
        Assert.Contains("1 accepted, 0 sent before.", output, StringComparison.Ordinal);
    }

    private static Task<CommandResult> RunAsync(string sample, params IEnumerable<string> arguments) =>
        Commands.RunAsync(MemberProcess.WithLibrariesOfTheTests(Commands.Start(sample, arguments)), Cancellation);

    private async Task<StandaloneProcess> StartAsync()
    {
        StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);

        // A sample gives its rankings a deadline, and the first one of a process takes long.
        using HttpResponseMessage first = await server.Http.PostAsJsonAsync(
            "/v1/rank", new { userId = "somebody", candidates = _shop.ItemIds.Take(3).Select(itemId => new { itemId }) }, Cancellation);
        first.EnsureSuccessStatusCode();
        return server;
    }
}
