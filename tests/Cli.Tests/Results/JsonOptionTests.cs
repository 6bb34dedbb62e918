using System.Text.Json;
using DinOrleans.Cli.Results;
using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests.Results;

/// <summary>Every command that prints a result prints it as JSON too, and nothing else beside it.</summary>
public sealed class JsonOptionTests : IDisposable
{
    /// <summary>The commands whose output is itself for programs.</summary>
    private static readonly string[] WithoutResult = ["completion"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> EveryLeaf => [.. CommandTree.Leaves().Select(c => c.Words)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(EveryLeaf))]
    public void Json_OfEveryCommandWithAResult_IsAnOption(string words)
    {
        int options = CommandTree.Leaves().Single(c => c.Words == words).Command.Options.OfType<JsonOption>().Count();
        Assert.Equal(WithoutResult.Contains(words) ? 0 : 1, options);
    }

    [Fact]
    public async Task Import_Json_IsAllOfTheOutput()
    {
        _folder.Write("views.csv", "user_id,item_id,timestamp\nu,1,2026-01-01T00:00:00Z\nv,1,2026-01-01T00:01:00Z\n");

        Ended end = await CliProcess.RunAsync(_folder.Path, "import", "csv", "views.csv", "--out", "shop", "--json");

        Assert.Equal((0, ""), (end.Code, end.Errors));
        JsonElement result = JsonSerializer.Deserialize<JsonElement>(end.Output);
        Assert.Equal(("shop", 2, 2), (result.GetProperty("folder").GetString(), result.GetProperty("events").GetInt32(), result.GetProperty("eventUsers").GetInt32()));
        Assert.Equal("2026-01-01T00:00:00+00:00", result.GetProperty("from").GetString());
    }

    [Fact]
    public async Task SampleShop_WithAndWithoutJson_SaysTheSame()
    {
        string[] arguments = ["sample-shop", "--out", "shop", "--users", "10", "--items", "600"];
        Ended json = await CliProcess.RunAsync(_folder.Path, [.. arguments, "--json"]);
        Ended text = await CliProcess.RunAsync(_folder.Path, arguments);

        Assert.Equal((0, 0), (json.Code, text.Code));
        JsonElement shop = JsonSerializer.Deserialize<JsonElement>(json.Output);
        Assert.StartsWith($"10 users, 600 items, {shop.GetProperty("rankings").GetInt32()} rankings, ", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_NumberThatCouldNotBeMeasured_IsNull() =>
        Assert.Equal("{\n  \"auc\": null\n}", JsonSerializer.Serialize(new { auc = double.NaN }, ResultJson.Options));
}
