using System.Net;
using System.Text.Json;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Health;
using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

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
    public async Task Startup_Always_IsStarted() =>
        Assert.Equal("""{"status":"started"}""", (await _gateway.JsonAsync(HttpMethod.Get, "/health/startup")).GetRawText());

    [Fact]
    public async Task Ready_ASiloServesAVersion_IsReadyByModel() => Assert.Equal("model", await SourceAsync());

    [Fact]
    public async Task Ready_StoreTakesNoWrites_SaysSoAndIsReady()
    {
        Assert.True(await WritesAsync());
        Forget();
        _gateway.Script.CheckStore = () => throw new StoreUnavailableException("The store cannot be written now.");
        Assert.False(await WritesAsync());
    }

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
    public async Task Ready_TheRegistryHasJustMoved_IsReady()
    {
        _gateway.Script.AnswerRegistry = () => new ModelRegistry(new("v1", null, null), [], []);
        Assert.Equal("model", await SourceAsync());
    }

    [Theory]
    [InlineData(true, "model")]
    [InlineData(false, null)]
    public async Task GetAsync_OfAProcessThatIsASilo_LooksAtItsOwnSilo(bool hasLoaded, string? source)
    {
        var silo = new ThisSilo();
        SiloModels Report(string name, bool loaded) => new(name, loaded ? "v1" : null, loaded ? ["v1"] : [], new Dictionary<string, string>());
        _gateway.Script.AnswerRegistry = () => new ModelRegistry(
            new("v1", null, null), [], [Report("another", loaded: true), Report(silo.SiloAddress.ToParsableString(), hasLoaded)]);
        var readiness = new Readiness(
            _gateway.Grains, _gateway.Service<ClusterCalls>(), Options.Create(new GatewayOptions()), _gateway.Time, NullLogger<Readiness>.Instance, silo);
        (string? answered, string? reason, _) = await readiness.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(source, answered);
        Assert.Equal(hasLoaded ? null : "This silo could not load the active model version v1.", reason);
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
        _gateway.Script.CheckStore = () => { };
        Forget();
    }

    private void Forget() => _gateway.Time.Advance(TimeSpan.FromSeconds(1));

    private async Task<string?> SourceAsync()
    {
        JsonElement health = await _gateway.JsonAsync(HttpMethod.Get, "/health/ready");
        Assert.Equal("ready", health.GetProperty("status").GetString());
        return health.GetProperty("source").GetString();
    }

    private async Task<bool> WritesAsync()
    {
        JsonElement health = await _gateway.JsonAsync(HttpMethod.Get, "/health/ready");
        Assert.Equal("ready", health.GetProperty("status").GetString());
        return health.GetProperty("writes").GetBoolean();
    }

    private async Task IsNotReadyAsync()
    {
        using HttpResponseMessage response = await _gateway.SendAsync(HttpMethod.Get, "/health/ready");
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.ServiceUnavailable));
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private sealed class ThisSilo : ILocalSiloDetails
    {
        public string Name => "this";

        public string ClusterId => "shop";

        public string DnsHostName => "here";

        public SiloAddress SiloAddress { get; } = SiloAddress.New(System.Net.IPAddress.Loopback, 11_111, 1);

        public SiloAddress GatewayAddress => SiloAddress;
    }
}
