using System.Net;
using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace DinOrleans.Gateway.Tests.Calls;

/// <summary>Requests that meet a silo which leaves are answered all the same, where they do no harm twice.</summary>
[Collection(GatewayCollection.Name)]
public sealed class LeavingSiloTests(GatewayFixture gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string?> Requests => new()
    {
        { "POST", "/v1/rank", """{"userId":"leaving","candidates":[{"itemId":"a"}]}""" },
        { "POST", "/v1/events", """{"events":[{"eventId":"e","userId":"leaving","itemId":"a","type":"click","timestamp":"2026-01-31T11:00:00Z"}]}""" },
        { "PUT", "/v1/users/leaving", """{"features":{"country":"fi"}}""" },
        { "GET", "/v1/users/leaving", null },
        { "DELETE", "/v1/users/leaving", null },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_MeetsALeavingSilo_IsAnswered(string method, string path, string? body)
    {
        await using WebApplication app = await gateway.StartAsync(gateway.Grains, TimeProvider.System, ("Gateway:RepeatCallsFor", "00:00:10"));
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        gateway.Script.Leaving["leaving"] = 2;
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        using HttpResponseMessage answer = await http.SendAsync(request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(0, gateway.Script.Leaving["leaving"]);
    }

    [Fact]
    public async Task Rank_WithADeadlineThatPassesMeanwhile_Answers504()
    {
        await using WebApplication app = await gateway.StartAsync(gateway.Grains, TimeProvider.System);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), DefaultRequestHeaders = { { "X-Deadline-Ms", "100" } } };
        gateway.Script.Leaving["leaving-for-long"] = int.MaxValue;
        using var body = new StringContent("""{"userId":"leaving-for-long","candidates":[{"itemId":"a"}]}""", System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync("/v1/rank", body, Cancellation);
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
    }
}
