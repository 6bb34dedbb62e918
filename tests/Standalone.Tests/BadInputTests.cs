using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests;

/// <summary>Damaged files end a command with one clear line and exit code 1.</summary>
public sealed class BadInputTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Standalone", "--dataset", "nowhere", "--data", "{folder}/data", "nowhere")]
    [InlineData("Standalone", "--data", "--data needs a value")]
    [InlineData("Cli", "train", "--dataset", "nowhere", "--out", "{folder}/out", "nowhere")]
    [InlineData("Cli", "train", "--dataset", "{dataset}", "--model", "oracle", "--out", "{folder}/out", "\"oracle\" is unknown")]
    [InlineData("Cli", "train", "--dataset", "{dataset}", "--options", "{ \"din\": { \"options\": { \"topUnits\": [] } } }", "--out", "{folder}/out", "topUnits")]
    [InlineData("Cli", "train", "--dataset", "{dataset}", "--learning-rate", "0", "--out", "{folder}/out", "--learning-rate must be a number")]
    [InlineData("Cli", "import", "online-retail", "nowhere.csv", "--out", "{folder}/out", "nowhere.csv")]
    [InlineData("Cli", "evaluate", "--dataset", "{dataset}", "--artifact", "nowhere", "--pairs", "nowhere.csv", "manifest.json")]
    public async Task Command_WithBadInput_NamesItInOneLine(string program, params string[] argumentsThenReason)
    {
        using var shop = new TinyShop();
        string folder = Path.GetDirectoryName(shop.Dataset)!;
        string[] arguments = [.. argumentsThenReason[..^1].Select(a => a.Replace("{folder}", folder, StringComparison.Ordinal).Replace("{dataset}", shop.Dataset, StringComparison.Ordinal))];
        AssertRefused(await Commands.RunAsync(program, Cancellation, arguments), argumentsThenReason[^1]);
    }

    [Fact]
    public async Task Train_OnADamagedDataset_NamesFileLineColumnAndRule()
    {
        using var shop = new TinyShop();
        string events = Path.Combine(shop.Dataset, "events.csv");
        string[] lines = await File.ReadAllLinesAsync(events, Cancellation);
        lines[16] = lines[16].Replace("2026", "yesterday", StringComparison.Ordinal).Replace("2025", "yesterday", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(events, lines, Cancellation);
        CommandResult result = await Commands.RunAsync("Cli", Cancellation, "train", "--dataset", shop.Dataset, "--out", shop.Data);
        AssertRefused(result, "events.csv line 17");
        Assert.Contains("timestamp", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(shop.Data));
    }

    [Fact]
    public async Task Standalone_OnAMalformedSchema_NamesFieldAndRule()
    {
        using var shop = new TinyShop();
        await File.WriteAllTextAsync(
            Path.Combine(shop.Dataset, "schema.json"), """{ "itemFeatures": [ null ], "tasks": [], "behaviours": { "events": [ "click" ] } }""", Cancellation);
        CommandResult result = await Commands.RunAsync("Standalone", Cancellation, "--dataset", shop.Dataset, "--data", shop.Data);
        AssertRefused(result, "schema.json: itemFeatures[0] must not be null");
    }

    [Fact]
    public async Task Standalone_WithADamagedArtifact_NamesTheFile()
    {
        using var shop = new TinyShop();
        await File.AppendAllTextAsync(Path.Combine(shop.Artifact, "scorer.onnx"), "x", Cancellation);
        int[] ports = FreePort.Take(3);
        CommandResult result = await Commands.RunAsync("Standalone", Cancellation,
        [
            .. shop.Arguments, "--urls", $"http://127.0.0.1:{ports[0]}", "--Silo:SiloPort", $"{ports[1]}", "--Silo:GatewayPort", $"{ports[2]}",
        ]);
        AssertRefused(result, "scorer.onnx");
        Assert.False(Directory.Exists(Path.Combine(shop.Data, "versions", Path.GetFileName(shop.Artifact))), "A damaged version is in the store, where a good one of its name would go.");
    }

    private static void AssertRefused(CommandResult result, string reason)
    {
        Assert.Equal(1, result.ExitCode);
        string line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Assert.Contains(reason, line, StringComparison.Ordinal);
    }
}
