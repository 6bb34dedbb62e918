using System.Net;
using System.Text.Json;
using DinOrleans.Contracts.Models;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Health;

[Collection(GatewayCollection.Name)]
public sealed class HealthEndpointsTests : IDisposable
{
    private readonly GatewayFixture _gateway;

    public HealthEndpointsTests(GatewayFixture gateway)
    {
        _gateway = gateway;
        Forget();
    }

    [Fact]
    public async Task Live_Always_IsLive() =>
        Assert.Equal("""{"status":"live"}""", (await _gateway.JsonAsync(HttpMethod.Get, "/health/live")).GetRawText());

    [Fact]
    public async Task Ready_ASiloServesAVersion_IsReadyByModel() => Assert.Equal("model", await SourceAsync());

    [Fact]
    public async Task Ready_NoVersionYet_IsReadyByPopularity()
    {
        _gateway.Script.AnswerRegistry = () => new ModelRegistry(new(null, "v1", null), [], []);
        Assert.Equal("popularity", await SourceAsync());
    }

    [Fact]
    public async Task Ready_NoSiloServesTheActiveVersion_IsNotReady()
    {
        _gateway.Script.AnswerRegistry = () => new ModelRegistry(new("v1", null, null), [], [new("s1", null, [], new Dictionary<string, string>())]);
        await IsNotReadyAsync();
    }

    [Fact]
    public async Task Ready_TheClusterFails_IsNotReady()
    {
        _gateway.Script.AnswerRegistry = () => throw new TimeoutException();
        await IsNotReadyAsync();
    }

    [Fact]
    public async Task Ready_AskedOften_AsksTheClusterOncePerPeriod()
    {
        int asked = 0;
        _gateway.Script.AnswerRegistry = () =>
        {
            asked++;
            return ShopScript.Registry;
        };
        await SourceAsync();
        await SourceAsync();
        Assert.Equal(1, asked);
        _gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await SourceAsync();
        Assert.Equal(2, asked);
    }

    public void Dispose()
    {
        _gateway.Script.AnswerRegistry = () => ShopScript.Registry;
        Forget();
    }

    private void Forget() => _gateway.Time.Advance(TimeSpan.FromSeconds(1));

    private async Task<string?> SourceAsync()
    {
        JsonElement health = await _gateway.JsonAsync(HttpMethod.Get, "/health/ready");
        Assert.Equal("ready", health.GetProperty("status").GetString());
        return health.GetProperty("source").GetString();
    }

    private async Task IsNotReadyAsync()
    {
        using HttpResponseMessage response = await _gateway.SendAsync(HttpMethod.Get, "/health/ready");
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.ServiceUnavailable));
        Assert.NotNull(response.Headers.RetryAfter);
    }
}
