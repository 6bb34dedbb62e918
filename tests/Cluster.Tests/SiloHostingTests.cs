using System.Globalization;
using DinOrleans.Programs.Settings;
using DinOrleans.Silo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace DinOrleans.Cluster.Tests;

public sealed class SiloHostingTests
{
    [Theory]
    [InlineData("00:00:09")]
    [InlineData("00:01:00")]
    public void AddDinOrleansSilo_OfACluster_VotesSilentSilosOutAndForgetsTheirRowsAfterTheSetTime(string silence)
    {
        using IHost host = Host(("Silo:Backend", "PostgreSql"), ("Silo:ConnectionString", "Host=127.0.0.1"), ("Silo:SilentSilosLeaveAfter", silence));
        ClusterMembershipOptions membership = host.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value;
        var after = TimeSpan.Parse(silence, CultureInfo.InvariantCulture);

        Assert.Equal(after, membership.MaxProbeTimeout * membership.NumMissedProbesLimit);
        Assert.Equal(after, membership.IAmAliveTablePublishTimeout * membership.NumMissedTableIAmAliveLimit);
        Assert.InRange(membership.ProbeTimeout, membership.MinProbeTimeout, membership.MaxProbeTimeout);
    }

    [Fact]
    public void AddDinOrleansSilo_Always_CancelsCallsThatNobodyWaitsForAndShedsUsersWhenMemoryRunsShort()
    {
        using IHost host = Host();

        Assert.True(host.Services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value.CancelRequestOnTimeout);
        Assert.True(host.Services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value.EnableActivationSheddingOnMemoryPressure);
    }

    [Theory]
    [InlineData("Silo:UnknownUsersLeaveAfter", "00:10:01", "Silo:UnknownUsersLeaveAfter must be at most Silo:IdleUsersLeaveAfter.")]
    [InlineData("Silo:UnknownUsersLeaveAfter", "00:00:02", "UnknownUsersLeaveAfter")]
    [InlineData("Silo:SilentSilosLeaveAfter", "00:00:02", "SilentSilosLeaveAfter")]
    public void AddDinOrleansSilo_ATimeOutOfRange_IsRefusedByName(string setting, string value, string expected)
    {
        SettingException refused = Assert.Throws<SettingException>(() => Host((setting, value)));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void AddDinOrleansSilo_WithOrWithoutTheDashboard_AddsItsServicesOnlyWhereItIsEnabled(string enabled, bool areAdded)
    {
        IServiceCollection services = Builder(("Dashboard:Enabled", enabled)).Services;

        Assert.Equal(areAdded, services.Any(s => $"{s.ServiceType} {s.ImplementationType}".Contains("Orleans.Dashboard.", StringComparison.Ordinal)));
    }

    private static IHost Host(params (string Name, string Value)[] settings) => Builder(settings).Build();

    private static HostApplicationBuilder Builder(params (string Name, string Value)[] settings)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        builder.AddDinOrleansSilo();
        return builder;
    }
}
