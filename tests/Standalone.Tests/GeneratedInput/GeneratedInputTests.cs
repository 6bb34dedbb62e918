using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CsCheck;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.GeneratedInput;

/// <summary>
/// Nothing that a caller sends makes a request fail as the server's fault, is applied by half, ends the process, or keeps a later start from
/// serving. A failure prints the seed that repeats it.
/// </summary>
public sealed class GeneratedInputTests : IDisposable
{
    private const int Requests = 600;

    private readonly GeneratedShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requests_OfAnyContent_AreAnsweredInFullAndLeaveAShopThatStartsAgain(bool withVersion)
    {
        string[] arguments = [.. _shop.Arguments(withVersion)];
        await using (StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, arguments))
        {
            await ServesAsync(server, withVersion);
            var checks = new AnswerChecks(server.Http, Cancellation);
            await GeneratedRequest.Any.SampleAsync(checks.SendAsync, iter: Requests, threads: 4, print: request => request.ToString());

            // A generator that only made rubbish would prove nothing.
            Assert.True(checks.Statuses[HttpStatusCode.OK] > Requests / 10 && checks.Statuses[HttpStatusCode.BadRequest] > Requests / 5, string.Join(", ", checks.Statuses));
            await ServesAsync(server, withVersion);
            AssertQuiet(server);
            Assert.Equal(0, await server.InterruptAsync(Cancellation));
        }

        await using StandaloneProcess again = await StandaloneProcess.StartAsync(Cancellation, arguments);
        await ServesAsync(again, withVersion);
        AssertQuiet(again);
        Assert.Equal(0, await again.InterruptAsync(Cancellation));
    }

    public void Dispose() => _shop.Dispose();

    /// <summary>Start-up has ended, and users whose history and profile came from generated input are ranked.</summary>
    private static async Task ServesAsync(StandaloneProcess server, bool withVersion)
    {
        await server.LineAsync("curl", Cancellation);
        foreach (string user in (string[])["u1", "u2", "i1", "c1", "商品/1", "a b"])
        {
            using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(
                "/v1/rank", new { userId = user, candidates = new[] { new { itemId = "i0" }, new { itemId = "i1" }, new { itemId = "i2" }, new { itemId = "i3" } } }, Cancellation);
            JsonElement ranking = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            Assert.Equal(4, ranking.GetProperty("items").GetArrayLength());
            Assert.True(!withVersion || ranking.GetProperty("source").GetString() == "model");
        }
    }

    private static void AssertQuiet(StandaloneProcess server)
    {
        // A shop that nothing can be learned from says so itself.
        string[] loud = [.. server.Output.Split('\n').Where(line =>
            line.StartsWith("fail: ", StringComparison.Ordinal) || line.StartsWith("crit: ", StringComparison.Ordinal) || line.Contains("nhandled exception", StringComparison.Ordinal))];
        Assert.True(loud.All(line => line.Contains("ShopStartup", StringComparison.Ordinal)), server.Output);
    }
}
