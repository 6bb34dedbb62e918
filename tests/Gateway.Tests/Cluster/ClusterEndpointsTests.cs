using System.Text.Json;
using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Gateway.Tests.Cluster;

[Collection(GatewayCollection.Name)]
public sealed class ClusterEndpointsTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Cluster_Asked_TellsEachSilo()
    {
        JsonElement silos = (await gateway.JsonAsync(HttpMethod.Get, "/v1/cluster")).GetProperty("silos");
        Assert.Equal(["s1", "s2"], silos.EnumerateArray().Select(s => s.GetProperty("silo").GetString()));
        Assert.True(silos[0].GetProperty("scores").GetBoolean());
        Assert.Equal(1L << 30, silos[0].GetProperty("memoryBytes").GetInt64());
    }

    [Fact]
    public async Task Settings_Asked_TellValuesAndDefaultsAndNoSecret()
    {
        await using WebApplication app = await GatewayFixture.StartAsync(
            gateway.Grains,
            TimeProvider.System,
            gateway.Logs,
            services => services.AddOptions<SecretOptions>().BindConfiguration(SecretOptions.Section),
            ("Gateway:MaxConcurrentRankings", "77"),
            ("Cors:Origins:0", "https://a.test"),
            ("Secret:Password", "hush"));
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        string text = await http.GetStringAsync("/v1/settings", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("hush", text, StringComparison.Ordinal);
        JsonElement sections = JsonElement.Parse(text).GetProperty("sections");
        JsonElement secret = sections.EnumerateArray().Single(s => s.GetProperty("section").GetString() == SecretOptions.Section).GetProperty("settings")[0];
        Assert.True(secret.GetProperty("isSecret").GetBoolean() && secret.GetProperty("isGiven").GetBoolean() && !secret.TryGetProperty("value", out _));
        Assert.Equal(("77", true), Setting(sections, "Gateway", "MaxConcurrentRankings"));
        Assert.Equal(("1048576", false), Setting(sections, "Gateway", "MaxBodyBytes"));
        Assert.Equal(("https://a.test", true), Setting(sections, "Cors", "Origins"));
    }

    private static (string? Value, bool IsGiven) Setting(JsonElement sections, string section, string name)
    {
        JsonElement setting = sections.EnumerateArray().Single(s => s.GetProperty("section").GetString() == section)
            .GetProperty("settings").EnumerateArray().Single(s => s.GetProperty("name").GetString() == name);
        return (setting.GetProperty("value").GetString(), setting.GetProperty("isGiven").GetBoolean());
    }

    private sealed class SecretOptions
    {
        public const string Section = "Secret";

        public string? Password { get; set; }
    }
}
