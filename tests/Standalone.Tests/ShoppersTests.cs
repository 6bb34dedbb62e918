using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests;

/// <summary>The command <c>shoppers</c> against a running server.</summary>
public sealed class ShoppersTests : IDisposable
{
    private const int Users = 20;

    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Shoppers_OfARunningServer_ReportWhatTheServerHolds()
    {
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);

        JsonElement report = await ReportAsync(server, "--visits", "100", "--drift", "0.2");

        JsonElement total = report.GetProperty("total");
        Assert.Equal((100, 500), (total.GetProperty("rankings").GetInt32(), total.GetProperty("shown").GetInt32()));
        Assert.Empty(report.GetProperty("errors").EnumerateArray());
        Assert.Equal((0, 0), (report.GetProperty("unknownItems").GetInt32(), report.GetProperty("unknownShoppers").GetInt32()));
        Assert.Equal([Path.GetFileName(_shop.Artifact)], report.GetProperty("versions").EnumerateObject().Select(v => v.Name));
        Assert.True(total.GetProperty("regret").GetDouble() > 0, report.ToString());
        int clicks = total.GetProperty("clicks").GetInt32();
        Assert.InRange(clicks, 1, 500);
        Assert.Equal(clicks, await ClicksOfRankingsAsync(server));

        // A second run goes on from what the server holds, and its events are not taken for those of the first one.
        JsonElement second = await ReportAsync(server, "--visits", "100", "--drift", "0.2");
        int more = second.GetProperty("total").GetProperty("clicks").GetInt32();
        Assert.Equal(clicks + more, await ClicksOfRankingsAsync(server));
    }

    [Fact]
    public async Task Shoppers_WhoBuyWhereTheSchemaHasNoSuchEvent_ShowTheServersRuleAndGoOn()
    {
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments);

        JsonElement report = await ReportAsync(server, "--visits", "60", "--conversions", "buy");

        JsonElement error = Assert.Single(report.GetProperty("errors").EnumerateArray().ToArray());
        Assert.Equal(("append", "400"), (error.GetProperty("call").GetString(), error.GetProperty("kind").GetString()));
        Assert.Matches(@"events\[[0-9]+\]\.type ", error.GetProperty("first").GetString()!);
        Assert.Equal(60, report.GetProperty("total").GetProperty("rankings").GetInt32());
    }

    [Fact]
    public async Task Shoppers_InterruptedByCtrlC_EndWithTheirReport()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends Ctrl-C to a whole console, this test's own process with it.");
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments);
        using Process shoppers = Process.Start(Commands.Start("Cli", [.. Arguments(server), "--duration", "3000", "--rate", "20", "--report", "0.2"]))!;
        try
        {
            Assert.Contains("rankings by", await shoppers.StandardError.ReadLineAsync(Cancellation));
            using Process kill = Process.Start("kill", ["-INT", shoppers.Id.ToString(CultureInfo.InvariantCulture)]);
            Task<string> errors = shoppers.StandardError.ReadToEndAsync(Cancellation);
            string output = await shoppers.StandardOutput.ReadToEndAsync(Cancellation);
            await shoppers.WaitForExitAsync(Cancellation);

            Assert.EndsWith("stopped\n", await errors);
            Assert.Equal(130, shoppers.ExitCode);
            Assert.Contains("random order", output);
            Assert.Contains("errors: none", output);
        }
        finally
        {
            shoppers.Kill(entireProcessTree: true);
        }
    }

    private string[] Arguments(StandaloneProcess server) =>
        ["shoppers", "--url", server.Http.BaseAddress!.AbsoluteUri, "--shop", _shop.Dataset, "--candidates", "25", "--limit", "5"];

    private async Task<JsonElement> ReportAsync(StandaloneProcess server, params string[] arguments)
    {
        CommandResult result = await Commands.RunAsync("Cli", Cancellation, [.. Arguments(server), "--json", .. arguments]);
        return JsonSerializer.Deserialize<JsonElement>(result.Succeeded());
    }

    /// <summary>The clicks on ranked items that the server holds; the dataset's rankings have other ids.</summary>
    private static async Task<int> ClicksOfRankingsAsync(StandaloneProcess server)
    {
        int clicks = 0;
        for (int user = 0; user < Users; user++)
        {
            JsonElement page = JsonSerializer.Deserialize<JsonElement>(await server.Http.GetStringAsync(new Uri($"/v1/users/user-{user}", UriKind.Relative), Cancellation));
            clicks += page.GetProperty("behaviours").EnumerateArray().Count(e => e.GetProperty("type").GetString() == "click"
                && e.TryGetProperty("rankingId", out JsonElement ranking)
                && !ranking.GetString()!.StartsWith("user-", StringComparison.Ordinal));
        }

        return clicks;
    }
}
