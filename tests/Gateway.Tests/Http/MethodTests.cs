using System.Net;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Http;

[Collection(GatewayCollection.Name)]
public sealed class MethodTests(GatewayFixture gateway)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/v1/models")]
    [InlineData("/v1/users/u")]
    [InlineData("/metrics")]
    [InlineData("/openapi/v1.json")]
    public async Task Head_OfWhatCanBeRead_AnswersAsGetWithoutABody(string path)
    {
        using HttpResponseMessage get = await gateway.SendAsync(HttpMethod.Get, path);
        using HttpResponseMessage head = await gateway.SendAsync(HttpMethod.Head, path);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/v1/rank", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/v1/nothing", HttpStatusCode.NotFound)]
    public async Task Head_OfAnythingElse_AnswersAsGetWould(string path, HttpStatusCode status)
    {
        using HttpResponseMessage head = await gateway.SendAsync(HttpMethod.Head, path);
        Assert.Equal(status, head.StatusCode);
    }

    [Theory]
    [InlineData("/", "GET, HEAD, OPTIONS")]
    [InlineData("/health/ready", "GET, HEAD, OPTIONS")]
    [InlineData("/metrics", "GET, HEAD, OPTIONS")]
    [InlineData("/v1/rank", "OPTIONS, POST")]
    [InlineData("/v1/items", "GET, HEAD, OPTIONS, PUT")]
    [InlineData("/v1/items/i", "DELETE, GET, HEAD, OPTIONS")]
    [InlineData("/v1/users/u", "DELETE, GET, HEAD, OPTIONS, PUT")]
    public async Task Options_OfAPath_NamesItsMethods(string path, string methods)
    {
        using HttpResponseMessage options = await gateway.SendAsync(HttpMethod.Options, path);
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.Equal(methods, string.Join(", ", options.Content.Headers.Allow));
        Assert.Empty(await options.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Options_OfNothing_Answers404()
    {
        using HttpResponseMessage options = await gateway.SendAsync(HttpMethod.Options, "/v1/nothing");
        Assert.Empty(await ProblemAssert.IsProblemAsync(options, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Metrics_Posted_Answers405()
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Post, "/metrics", "{}");
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.MethodNotAllowed));
    }
}
