using System.Net;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Grpc.Settings;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.Programs.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Tests.Auth;

/// <summary>A gateway that asks for nothing must not be reached from other machines by accident.</summary>
public sealed class OpenAddressesTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("urls", "http://localhost:5000")]
    [InlineData("urls", "http://127.0.0.2:5000;http://[::1]:5000")]
    [InlineData("urls", "http://unix:/tmp/gateway.sock")]
    [InlineData("Kestrel:Endpoints:Http:Url", "https://localhost:5001")]
    [InlineData("Grpc:Urls", "http://localhost:5001")]
    public async Task Check_OpenOnThisMachineAlone_SaysSoInOneLine(string? setting, string? value)
    {
        IReadOnlyCollection<string> lines = await CheckAsync(new(), setting, value);
        Assert.Equal("Auth:Mode is Open: whoever is on this machine may do everything. Auth:Mode=Keys asks for keys", Assert.Single(lines));
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:5000", "http://0.0.0.0:5000")]
    [InlineData("urls", "http://localhost:5000;http://*:80", "http://*:80")]
    [InlineData("urls", "http://shop.example:5000", "http://shop.example:5000")]
    [InlineData("urls", "http://10.0.0.7:5000", "http://10.0.0.7:5000")]
    [InlineData("urls", "http://[::]:5000", "http://[::]:5000")]
    [InlineData("http_ports", "8080", "http://*:8080")]
    [InlineData("https_ports", "8081;8082", "https://*:8081")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://+:5000", "http://+:5000")]
    [InlineData("Grpc:Urls", "http://localhost:5001;http://*:5002", "http://*:5002")]
    public async Task Check_OpenOnTheNetwork_EndsTheStart(string setting, string value, string address)
    {
        SettingException error = await Assert.ThrowsAsync<SettingException>(() => CheckAsync(new(), setting, value));
        Assert.StartsWith($"Auth:Mode is Open and {address} can be reached from other machines", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OpenOnTheNetworkAsTheSettingAllows_Starts()
    {
        IReadOnlyCollection<string> lines = await CheckAsync(new() { AllowOpenOnNetwork = true }, "urls", "http://0.0.0.0:5000");
        Assert.Equal("Auth:Mode is Open: whoever reaches this server may do everything. Auth:Mode=Keys asks for keys", Assert.Single(lines));
    }

    [Theory]
    [InlineData(AuthMode.Keys)]
    [InlineData(AuthMode.Jwt)]
    public async Task Check_OfAGatewayThatAsks_SaysNothing(AuthMode mode) =>
        Assert.Empty(await CheckAsync(new() { Mode = mode }, "urls", "http://0.0.0.0:5000"));

    [Theory]
    [InlineData("127.0.0.1", false, true)]
    [InlineData("::1", false, true)]
    [InlineData("10.0.0.7", false, false)]
    [InlineData("10.0.0.7", true, true)]
    public async Task Identify_OnAnAddress_LetsInWhereItMay(string address, bool isAllowed, bool isLetIn)
    {
        var http = new DefaultHttpContext();
        http.Connection.LocalIpAddress = IPAddress.Parse(address);
        Identified identified = await new OpenCallers(Options.Create(new AuthOptions { AllowOpenOnNetwork = isAllowed })).IdentifyAsync(http);
        Assert.Equal(isLetIn, identified.Caller is not null);
        Assert.Equal(isLetIn ? null : StatusCodes.Status403Forbidden, identified.Denial?.Status);
    }

    private static async Task<IReadOnlyCollection<string>> CheckAsync(AuthOptions options, string? setting, string? value)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(setting is null ? [] : [KeyValuePair.Create(setting, value)]).Build();
        var logs = new LogRecorder { Lowest = LogLevel.Information };
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        GrpcOptions grpc = configuration["Grpc:Urls"] is { } urls ? new() { Enabled = true, Urls = urls } : new();
        await new OpenAddresses(Options.Create(options), Options.Create(grpc), configuration, factory.CreateLogger<OpenAddresses>()).CheckAsync(TestContext.Current.CancellationToken);
        return logs.Lines;
    }
}
