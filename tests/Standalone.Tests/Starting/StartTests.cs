using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Starting;

/// <summary>Servers as processes: what is one server's alone, and how a start ends.</summary>
public sealed class StartTests : IDisposable
{
    private readonly EmptyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_OfAnEmptyShop_RanksByPopularityAndKeepsOthersOut()
    {
        // What a first start that was killed had begun.
        string[] leftOvers = [Path.Combine(_shop.Data, "sample-shop.4711.partial")];
        Array.ForEach(leftOvers, folder => Directory.CreateDirectory(folder));

        await using StandaloneProcess server = await StandaloneProcess.StartAsync(_shop.Ports, Cancellation, "--dataset", _shop.Dataset, "--data", _shop.Data);
        string line = await server.LineAsync("curl", Cancellation);
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(
            "/v1/rank", new { userId = "a-private-name", candidates = new[] { new { itemId = "item-1" } } }, Cancellation);
        using HttpResponseMessage held = await server.Http.GetAsync("/v1/users/a-private-name", Cancellation);
        JsonElement ranking = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        Assert.Contains("\"candidates\":[{\"itemId\":", line, StringComparison.Ordinal);
        Assert.Equal("popularity", ranking.GetProperty("source").GetString());
        Assert.All(leftOvers, folder => Assert.False(Directory.Exists(folder), folder));

        // Another server that shares one thing with it says which, and the first goes on.
        using var other = new EmptyShop();
        await RefusedAsync(other, "Silo:DataFolder", "--data", _shop.Data);
        await RefusedAsync(other, "Silo:SiloPort", "--Silo:SiloPort", Text(_shop.Ports[1]));
        await RefusedAsync(other, "Silo:GatewayPort", "--Silo:GatewayPort", Text(_shop.Ports[2]));
        await RefusedAsync(other, "urls", "--urls", $"http://127.0.0.1:{_shop.Ports[0]}");
        await server.WaitAsync("/health/ready", _ => true, Cancellation);
        Assert.DoesNotContain("a-private-name", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);
        Assert.Equal(0, await server.InterruptAsync(Cancellation));
    }

    [Theory]
    [InlineData("Silo", "--Scoring:Accelerator", "Cuda", "Scoring:Accelerator is Cuda")]
    [InlineData("Gateway", "--Cluster:RetryEvery", "soon", "Cluster:RetryEvery is \"soon\"")]
    public async Task Start_OfAMemberWithAWrongSetting_NamesItInOneLine(string program, string option, string value, string reason)
    {
        ProcessStartInfo start = Commands.Start(program, _shop.Arguments(program, new Dictionary<string, string?> { [option] = value }));
        Refused.Assert(await Commands.RunAsync(MemberProcess.WithStandalonesLibraries(start), Cancellation), reason);
    }

    [Fact]
    public async Task Start_StoppedWhileItMakesTheSampleShop_EndsCleanly()
    {
        using Process process = Process.Start(Commands.Start("Standalone", _shop.Arguments("Standalone", new Dictionary<string, string?> { ["--dataset"] = null })))!;
        await StoppedAsync(process, () => Directory.Exists(_shop.Data) && Directory.EnumerateDirectories(_shop.Data, "sample-shop*").Any());
    }

    [Fact]
    public async Task Start_StoppedWhileItsHostStarts_EndsCleanly()
    {
        using Process process = Process.Start(Commands.Start("Standalone", _shop.Arguments("Standalone", new Dictionary<string, string?>())))!;
        await StoppedAsync(process, () => File.Exists(Path.Combine(_shop.Data, "dinorleans.db")));
    }

    public void Dispose() => _shop.Dispose();

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static async Task RefusedAsync(EmptyShop shop, string setting, string option, string value) => Refused.Assert(
        await Commands.RunAsync("Standalone", Cancellation, shop.Arguments("Standalone", new Dictionary<string, string?> { [option] = value })), setting);

    /// <summary>Sends SIGTERM as soon as the start has come so far.</summary>
    private static async Task StoppedAsync(Process process, Func<bool> reached)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(Cancellation);
        Task<string> error = process.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            await Eventually.BecomesAsync(
                "the start has come so far", () => (HasEnded: process.HasExited, IsReached: reached()), state => state.HasEnded || state.IsReached, cancellationToken: Cancellation);
            Assert.False(process.HasExited, "The server ended before it was stopped.");
            using Process kill = Process.Start("kill", ["-TERM", Text(process.Id)]);
            await process.WaitForExitAsync(Cancellation);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        Assert.Equal((0, ""), (process.ExitCode, await error));
        Assert.DoesNotContain("   at ", await output, StringComparison.Ordinal);
    }
}
