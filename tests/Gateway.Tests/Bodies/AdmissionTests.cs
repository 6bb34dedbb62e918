using System.Net;
using System.Text;
using System.Text.Json;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Gateway.Tests.Bodies;

[Collection(GatewayCollection.Name)]
public sealed class AdmissionTests(GatewayFixture gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rank_WhileOthersBodiesTrickleIn_IsAnswered()
    {
        await using WebApplication narrow = await gateway.StartAsync(gateway.Grains, TimeProvider.System, ("Gateway:MaxConcurrentRankings", "1"), ("Gateway:BodyTimeout", "00:10:00"));
        string body = Ranking("slow");
        List<RawConnection> slow = [];
        for (int i = 0; i < 8; i++)
        {
            RawConnection connection = await RawConnection.OpenAsync(narrow.Urls.First());
            slow.Add(connection);
            await connection.SendHeadAsync("POST", "/v1/rank", $"Content-Length: {body.Length}");
            await connection.SendAsync(body[..10]);
        }

        using HttpResponseMessage answer = await PostAsync(narrow, "/v1/rank", Ranking("quick"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await slow[0].SendAsync(body[10..]);
        Assert.StartsWith("HTTP/1.1 200", await slow[0].ReceiveAsync(), StringComparison.Ordinal);
        slow.ForEach(connection => connection.Dispose());
    }

    [Fact]
    public async Task Body_HoweverSlow_HasTheTimeThatTheSettingGivesIt()
    {
        await using WebApplication app = await gateway.StartAsync(gateway.Grains, TimeProvider.System);
        Assert.Null(app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MinRequestBodyDataRate);
    }

    [Theory]
    [InlineData("POST", "/v1/rank")]
    [InlineData("POST", "/v1/events")]
    [InlineData("PUT", "/v1/items")]
    [InlineData("PUT", "/v1/users/u")]
    public async Task Body_ThatDoesNotArriveInTime_Answers408AndCloses(string method, string path)
    {
        var time = new FakeTimeProvider();
        await using WebApplication app = await gateway.StartAsync(gateway.Grains, time, ("Gateway:BodyTimeout", "00:00:02"));
        using RawConnection connection = await RawConnection.OpenAsync(app.Urls.First());
        await connection.SendHeadAsync(method, path, "Content-Length: 100");
        await connection.SendAsync("{");
        Task<string> answer = connection.ReceiveAsync();
        await Eventually.BecomesAsync(
            "the body is given up",
            () =>
            {
                // The clock of the body starts when the head has been read, which cannot be seen from here.
                time.Advance(TimeSpan.FromSeconds(2));
                return answer.IsCompleted;
            },
            completed => completed,
            cancellationToken: Cancellation);
        string head = await answer;
        Assert.StartsWith("HTTP/1.1 408", head, StringComparison.Ordinal);
        Assert.Contains("Connection: close", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_BeyondTheBytesInHand_IsRefusedWhileTheRestIsAnswered()
    {
        await using WebApplication narrow = await gateway.StartAsync(
            gateway.Grains, gateway.Time, ("Gateway:MaxWriteBytesInHand", "1048576"), ("Gateway:MaxItemsBodyBytes", "1048576"));
        TaskCompletionSource reached = gateway.Script.Hangs["writes"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<HttpResponseMessage> inHand = PostAsync(narrow, "/v1/events", Event("writes", padding: 700_000), leaves.Token);
        await reached.Task.WaitAsync(Eventually.Timeout, Cancellation);

        using HttpResponseMessage refused = await PostAsync(narrow, "/v1/events", Event("waits", padding: 700_000));
        Assert.Empty(await ProblemAssert.IsProblemAsync(refused, HttpStatusCode.TooManyRequests));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.False(gateway.Script.Appended.ContainsKey("waits"));

        using HttpResponseMessage small = await PostAsync(narrow, "/v1/events", Event("small", padding: 0));
        using HttpResponseMessage ranked = await PostAsync(narrow, "/v1/rank", Ranking("beside writes"));
        using var http = new HttpClient { BaseAddress = new Uri(narrow.Urls.First()) };
        using HttpResponseMessage live = await http.GetAsync("/health/live", Cancellation);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], [small.StatusCode, ranked.StatusCode, live.StatusCode]);

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inHand);
    }

    [Fact]
    public async Task Items_WithThreeHundredThousandBrokenRules_AreAnsweredWithTheFirstAndACount()
    {
        var json = new StringBuilder("""{"items":[{"itemId":"a","features":{""");
        for (int i = 0; i < 300_000; i++)
        {
            json.Append(i > 0 ? "," : "").Append('"').Append(i).Append("\":0");
        }

        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Put, "/v1/items", json.Append("}}]}").ToString());
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal((100, 299_900), (problem.RootElement.GetProperty("errors").GetArrayLength(), problem.RootElement.GetProperty("moreErrors").GetInt32()));
    }

    private static string Ranking(string user) => $$"""{"userId":"{{user}}","candidates":[{"itemId":"a"}]}""";

    private static string Event(string user, int padding) =>
        $$"""{"events":[{"eventId":"e","userId":"{{user}}","itemId":"a","type":"click","timestamp":"2026-01-31T12:00:00Z"}]{{new string(' ', padding)}}}""";

    private static async Task<HttpResponseMessage> PostAsync(WebApplication app, string path, string json, CancellationToken? cancellation = null)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await http.PostAsync(path, content, cancellation ?? Cancellation);
    }
}
