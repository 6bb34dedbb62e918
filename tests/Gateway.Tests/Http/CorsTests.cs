using System.Net;
using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace DinOrleans.Gateway.Tests.Http;

/// <summary>Which pages of other sites may call.</summary>
[Collection(GatewayCollection.Name)]
public sealed class CorsTests(GatewayFixture gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("https://other.example", false)]
    public async Task Preflight_OfAnOrigin_IsAllowedWhereTheSettingNamesIt(string origin, bool isAllowed)
    {
        await using WebApplication app = await gateway.StartAsync(gateway.Grains, TimeProvider.System, ("Cors:Origins:0", "https://shop.example"), ("Auth:Mode", "Keys"));
        using HttpResponseMessage answer = await SendAsync(app, HttpMethod.Options, origin);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(isAllowed, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? origins) && origins.Single() == origin);
        Assert.Equal(isAllowed, answer.Headers.TryGetValues("Access-Control-Allow-Headers", out IEnumerable<string>? headers) && headers.Single().Contains("Authorization", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Request_OfAnAllowedOrigin_MayBeReadAlsoWhereItIsRefused()
    {
        await using WebApplication app = await gateway.StartAsync(gateway.Grains, TimeProvider.System, ("Cors:Origins:0", "https://shop.example"), ("Auth:Mode", "Keys"));
        using HttpResponseMessage answer = await SendAsync(app, HttpMethod.Post, "https://shop.example");
        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.Unauthorized);
        Assert.Equal(["https://shop.example"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Preflight_WithoutTheSetting_AllowsNothing()
    {
        using HttpRequestMessage request = Request(HttpMethod.Options, "https://shop.example");
        using HttpResponseMessage answer = await gateway.Http.SendAsync(request, Cancellation);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static async Task<HttpResponseMessage> SendAsync(WebApplication app, HttpMethod method, string origin)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using HttpRequestMessage request = Request(method, origin);
        return await http.SendAsync(request, Cancellation);
    }

    private static HttpRequestMessage Request(HttpMethod method, string origin)
    {
        var request = new HttpRequestMessage(method, "/v1/rank") { Content = method == HttpMethod.Post ? new StringContent("{}", null, "application/json") : null };
        request.Headers.Add("Origin", origin);
        if (method == HttpMethod.Options)
        {
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        }

        return request;
    }
}
