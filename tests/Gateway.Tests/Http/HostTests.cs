using System.Net;
using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace DinOrleans.Gateway.Tests.Http;

[Collection(GatewayCollection.Name)]
public sealed class HostTests(GatewayFixture gateway)
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.7")]
    public async Task Request_OverLoopbackForAnotherHost_IsRefused(string host)
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Get, "/v1/users/u", null, ("Host", host));
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.BadRequest));
        Assert.Contains("AllowedHosts", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("shop.localhost:5000")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("[::1]:5000")]
    public async Task Request_OverLoopbackForALoopbackHost_IsAnswered(string host)
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Get, "/v1/users/u", null, ("Host", host));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("shop.example;*.shop.example", "shop.example", HttpStatusCode.OK)]
    [InlineData("shop.example;*.shop.example", "eu.shop.example", HttpStatusCode.OK)]
    [InlineData("shop.example;*.shop.example", "evil.example", HttpStatusCode.BadRequest)]
    [InlineData("shop.example", "localhost", HttpStatusCode.BadRequest)]
    [InlineData("*", "evil.example", HttpStatusCode.OK)]
    public async Task Request_WhereHostsAreSet_IsAnsweredForThoseAlone(string allowed, string host, HttpStatusCode status)
    {
        await using WebApplication app = await gateway.StartAsync(gateway.Grains, TimeProvider.System, ("AllowedHosts", allowed));
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { Host = host } };
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, response.StatusCode);
    }
}
