using System.Net;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.ApiReference;

[Collection(GatewayCollection.Name)]
public sealed class ApiReferenceEndpointsTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Page_Served_RunsItsOwnScriptsOnly()
    {
        using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Get, "/docs/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self'; script-src 'self' 'nonce-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' 'unsafe", policy, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        string nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        Assert.Equal(page.Split("<script").Length, page.Split($"nonce=\"{nonce}\"").Length);
    }

    [Fact]
    public async Task Page_ServedTwice_HasAnotherNonce()
    {
        using HttpResponseMessage first = await gateway.SendAsync(HttpMethod.Get, "/docs/");
        using HttpResponseMessage second = await gateway.SendAsync(HttpMethod.Get, "/docs/");
        Assert.NotEqual(first.Headers.GetValues("Content-Security-Policy"), second.Headers.GetValues("Content-Security-Policy"));
    }

    [Theory]
    [InlineData("/docs/scalar.js")]
    [InlineData("/docs/scalar.aspnetcore.js")]
    [InlineData("/docs/favicon.svg")]
    public async Task File_OfThePage_ComesFromTheAssembly(string path)
    {
        using HttpResponseMessage answer = await gateway.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }
}
