using DinOrleans.ClusterClient;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.Programs.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Tests;

[Collection(GatewayCollection.Name)]
public sealed class GatewayOptionsTests(GatewayFixture gateway)
{
    [Theory]
    [InlineData("MaxBodyBytes", "1023")]
    [InlineData("MaxItemsBodyBytes", "0")]
    [InlineData("MaxConcurrentRankings", "0")]
    [InlineData("BodyTimeout", "00:00:00")]
    [InlineData("MaxWriteBytesInHand", "1048576")]
    [InlineData("SchemaMaxAge", "00:00:00")]
    [InlineData("ReadinessMaxAge", "00:02:00")]
    [InlineData("ReadinessTimeout", "00:00:00")]
    [InlineData("RetryAfter", "00:00:00.5")]
    public async Task Start_OneRuleBroken_NamesTheOption(string option, string value)
    {
        var e = await Assert.ThrowsAsync<OptionsValidationException>(
            () => gateway.StartAsync(gateway.Grains, TimeProvider.System, ($"Gateway:{option}", value)));
        Assert.Contains(option, Assert.Single(e.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cluster:Membership", "PostgreSql", "ConnectionString")]
    [InlineData("Cluster:ClusterId", "", "ClusterId")]
    [InlineData("Cluster:GatewayPort", "0", "GatewayPort")]
    [InlineData("Cluster:RetryEvery", "00:00:00", "RetryEvery")]
    public void ClusterClient_OneRuleBroken_NamesTheOption(string key, string value, string option)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]);
        var e = Assert.Throws<SettingException>(() => builder.AddDinOrleansGrainClient());
        Assert.Contains(option, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClusterClient_RuleBrokenByCode_NamesTheOption()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        var e = Assert.Throws<SettingException>(() => builder.AddDinOrleansGrainClient(o => o.GatewayPort = 0));
        Assert.Contains("GatewayPort", e.Message, StringComparison.Ordinal);
    }
}
