using DinOrleans.Gateway.Grpc.Hosting;
using DinOrleans.Gateway.Grpc.Settings;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.Programs.Settings;
using DinOrleans.TestMachine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Tests.Grpc;

[Collection(GatewayCollection.Name)]
public sealed class GrpcAddressesTests(GatewayFixture gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Grpc:Urls", "http://localhost:0", "Grpc:Urls is given, but Grpc:Enabled is false: set it to true, or leave Grpc:Urls out.")]
    [InlineData("Grpc:Enabled", "true", "Grpc:Urls", "localhost", "Grpc:Urls is \"localhost\": it must be addresses such as http://localhost:5000, separated by \";\", with ports from 0 to 65535")]
    [InlineData("Grpc:Enabled", "true", "Grpc:Urls", "", "Grpc:Enabled is true, but no address speaks HTTP/2: give Grpc:Urls, or an https address in urls.")]
    [InlineData("Grpc:Enabled", "true", "Grpc:Urls", "", "urls", "http://localhost:0", "Grpc:Enabled is true, but no address speaks HTTP/2: give Grpc:Urls, or an https address in urls.")]
    [InlineData("Grpc:Enabled", "true", "Kestrel:Endpoints:Rest:Url", "http://localhost:0", "Grpc:Enabled is true, but no address speaks HTTP/2: give one of Kestrel:Endpoints an https address, or set its Protocols to Http2.")]
    [InlineData("Grpc:Enabled", "true", "Kestrel:Endpoints:Rest:Url", "https://localhost:0", "Kestrel:Endpoints:Rest:Protocols", "Http1", "Grpc:Enabled is true, but no address speaks HTTP/2: give one of Kestrel:Endpoints an https address, or set its Protocols to Http2.")]
    [InlineData("Grpc:Enabled", "true", "Kestrel:Endpoints:Rest:Url", "http://localhost:0", "Kestrel:Endpoints:Rest:Protocols", "Http1AndHttp2", "Grpc:Enabled is true, but no address speaks HTTP/2: give one of Kestrel:Endpoints an https address, or set its Protocols to Http2.")]
    [InlineData("Grpc:Enabled", "true", "Kestrel:Endpoints:Rest:Url", "https://localhost:0", "Kestrel:EndpointDefaults:Protocols", "Http1", "Grpc:Enabled is true, but no address speaks HTTP/2: give one of Kestrel:Endpoints an https address, or set its Protocols to Http2.")]
    [InlineData("Grpc:Enabled", "true", "Grpc:Urls", "", "http_ports", "8080", "Grpc:Enabled is true, but no address speaks HTTP/2: give Grpc:Urls, or an https address in urls.")]
    [InlineData("Grpc:Enabled", "true", "Grpc:Urls", "http://127.0.0.1:5000", "Grpc:Urls is \"http://127.0.0.1:5000\": it must be of another port than those of urls")]
    public async Task Check_OfAddressesThatCannotBe_SaysWhatToChange(params string[] settingsThenRule)
    {
        SettingException error = await Assert.ThrowsAsync<SettingException>(() => CheckAsync(settingsThenRule[..^1]));
        Assert.StartsWith(settingsThenRule[^1], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("Grpc:Enabled", "false")]
    [InlineData("Grpc:Enabled", "true", "Grpc:Urls", "", "urls", "http://localhost:0;https://localhost:0")]
    [InlineData("Grpc:Enabled", "true", "Grpc:Urls", "http://localhost:0;http://[::1]:0")]
    [InlineData("Grpc:Enabled", "true", "Grpc:Urls", "", "https_ports", "8443")]
    [InlineData("Grpc:Enabled", "true", "Kestrel:Endpoints:Rest:Url", "https://localhost:5001")]
    [InlineData("Grpc:Enabled", "true", "Kestrel:Endpoints:Rest:Url", "https://localhost:5001", "Kestrel:Endpoints:Rest:Protocols", "Http1AndHttp2AndHttp3")]
    [InlineData("Grpc:Enabled", "true", "Kestrel:Endpoints:Rest:Url", "http://localhost:5001", "Kestrel:EndpointDefaults:Protocols", "Http2")]
    [InlineData("Grpc:Enabled", "true", "Kestrel:Endpoints:Rest:Url", "http://localhost:0", "Kestrel:Endpoints:Grpc:Url", "http://localhost:0", "Kestrel:Endpoints:Grpc:Protocols", "Http2")]
    public Task Check_OfAddressesThatCan_Passes(params string[] settings) => CheckAsync(settings);

    [Fact]
    public async Task Check_OfAPortThatRestHas_NamesIt()
    {
        int port = FreePort.Take(1)[0];
        SettingException error = await Assert.ThrowsAsync<SettingException>(() => CheckAsync("Grpc:Enabled", "true", "Grpc:Urls", $"http://127.0.0.1:{port}", "urls", $"http://localhost:{port}"));
        Assert.Contains("must be of another port than those of urls", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_WhereGrpcIsOff_IsAsWithoutIt()
    {
        await using WebApplication app = await gateway.StartAsync(gateway.Grains, TimeProvider.System);
        Assert.Single(app.Urls);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using HttpResponseMessage answer = await http.PostAsync("/dinorleans.v1.Recommender/Rank", null, Cancellation);
        await ProblemAssert.IsProblemAsync(answer, System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Listen_OnEndpointsOfKestrel_ServesGrpcWhereTheySpeakIt()
    {
        int[] ports = FreePort.Take(2);
        await using WebApplication app = await gateway.StartAsync(
            gateway.Grains,
            TimeProvider.System,
            ("Grpc:Enabled", "true"),
            ("Kestrel:Endpoints:Rest:Url", $"http://127.0.0.1:{ports[0]}"),
            ("Kestrel:Endpoints:Grpc:Url", $"http://127.0.0.1:{ports[1]}"),
            ("Kestrel:Endpoints:Grpc:Protocols", "Http2"));
        Assert.Equal(ports.Select(port => $"http://127.0.0.1:{port}").Order(), app.Urls.Order());
        using var client = new RpcClient($"http://127.0.0.1:{ports[1]}");
        Assert.Equal("r1", (await client.RankAsync(new() { UserId = "rpc endpoint", Candidates = { new V1.Candidate { ItemId = "a" } } })).RankingId);
    }

    private static Task CheckAsync(params string[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Chunk(2).Select(s => KeyValuePair.Create(s[0], (string?)s[1]))).Build();
        GrpcOptions options = configuration.GetSection(GrpcOptions.Section).Get<GrpcOptions>() ?? new();
        return new GrpcAddresses(Options.Create(options), configuration).CheckAsync(Cancellation);
    }
}
