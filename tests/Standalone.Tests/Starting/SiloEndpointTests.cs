using System.Net;
using DinOrleans.Programs.Settings;
using DinOrleans.Silo;
using DinOrleans.Silo.Starting;
using DinOrleans.Standalone.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace DinOrleans.Standalone.Tests.Starting;

/// <summary>What a silo takes for itself.</summary>
public sealed class SiloEndpointTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "127.0.0.1")]
    [InlineData(true, "0.0.0.0")]
    public void AddDinOrleansSilo_OfACluster_ListensOnItsAdvertisedAddressUnlessToldOtherwise(bool onAny, string listens)
    {
        using var shop = new EmptyShop();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(
        [
            "--Silo:Backend=PostgreSql", "--Silo:ConnectionString=Host=127.0.0.1", "--Silo:AdvertisedAddress=127.0.0.1",
            $"--Silo:DataFolder={shop.Data}", $"--Shop:SchemaFile={shop.Schema}", $"--Silo:ListenOnAnyAddress={onAny}",
        ]);
        builder.AddDinOrleansSilo();
        using IHost host = builder.Build();
        EndpointOptions endpoints = host.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;

        Assert.Equal(IPAddress.Parse(listens), endpoints.SiloListeningEndpoint?.Address ?? endpoints.AdvertisedIPAddress);
        Assert.Equal(IPAddress.Parse(listens), endpoints.GatewayListeningEndpoint?.Address ?? endpoints.AdvertisedIPAddress);
    }

    [Fact]
    public async Task AddDinOrleansSilo_Embedded_ListensOnLoopbackOnly()
    {
        using var shop = new EmptyShop();
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(
        [
            $"--Silo:DataFolder={shop.Data}", $"--Shop:SchemaFile={shop.Schema}", $"--Silo:SiloPort={shop.Ports[1]}", $"--Silo:GatewayPort={shop.Ports[2]}",
        ]);
        builder.Logging.ClearProviders();
        builder.AddDinOrleansSilo();
        using IHost host = builder.Build();
        await host.StartAsync(Cancellation);

        Assert.Equal(
            [new(IPAddress.Loopback, shop.Ports[1]), new(IPAddress.Loopback, shop.Ports[2])],
            Listeners.On(shop.Ports[1], shop.Ports[2]).OrderBy(l => Array.IndexOf(shop.Ports, l.Port)));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task DataFolderLock_TakenTwice_RefusesTheSecondUntilTheFirstIsGone()
    {
        using var shop = new EmptyShop();
        using (var first = new DataFolderLock(shop.Data))
        {
            await first.CheckAsync(Cancellation);
            await first.CheckAsync(Cancellation);
            using var second = new DataFolderLock(shop.Data);
            SettingException refused = await Assert.ThrowsAsync<SettingException>(() => second.CheckAsync(Cancellation));
            Assert.Contains("Silo:DataFolder", refused.Message, StringComparison.Ordinal);
        }

        using var third = new DataFolderLock(shop.Data);
        await third.CheckAsync(Cancellation);
    }
}
