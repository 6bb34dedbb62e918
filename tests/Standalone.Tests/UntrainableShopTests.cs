using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests;

/// <summary>A shop whose log teaches nothing yet still serves.</summary>
public sealed class UntrainableShopTests : IDisposable
{
    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WhereTrainingIsRefused_SaysWhyAndServesByPopularity()
    {
        // A catalogue in which no item has a category.
        string items = Path.Combine(_shop.Dataset, "items.csv");
        string[] lines = await File.ReadAllLinesAsync(items, Cancellation);
        int category = Array.IndexOf(lines[0].Split(','), "category");
        await File.WriteAllLinesAsync(items, lines.Select((line, i) => i == 0 ? line : string.Join(',', line.Split(',').Select((cell, c) => c == category ? "" : cell))), Cancellation);

        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, "--dataset", _shop.Dataset, "--data", _shop.Data);
        string line = await server.LineAsync("error: no version was trained", Cancellation);
        await server.LineAsync("curl", Cancellation);
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(
            "/v1/rank", new { userId = "u", candidates = new[] { new { itemId = _shop.ItemIds[0] } } }, Cancellation);
        JsonNode ranking = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;

        Assert.Contains("item feature \"category\" would have no known value", line, StringComparison.Ordinal);
        Assert.Equal("popularity", (string?)ranking["source"]);
        Assert.False(Directory.Exists(Path.Combine(_shop.Data, "training")));
        Assert.Equal(0, await server.InterruptAsync(Cancellation));
    }

    public void Dispose() => _shop.Dispose();
}
