using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.Gateway.Traffic;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Gateway.Tests.Overview;

[Collection(GatewayCollection.Name)]
public sealed class OverviewEndpointTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Get_AfterARankingAndARefusedRequest_TellsThisGatewayAndItsCluster()
    {
        var time = new FakeTimeProvider(ShopScript.Noon);
        await using WebApplication app = await gateway.StartAsync(gateway.Grains, time);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using HttpResponseMessage ranked = await http.PostAsJsonAsync(
            "/v1/rank", new { userId = "overviewed", candidates = new[] { new { itemId = "a" } } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ranked.StatusCode);
        using HttpResponseMessage failed = await http.GetAsync(new Uri("/fails", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        time.Advance(TimeSpan.FromSeconds(2));

        JsonElement overview = await http.GetFromJsonAsync<JsonElement>("/v1/overview", TestContext.Current.CancellationToken);
        JsonElement own = overview.GetProperty("gateway");
        Assert.Equal(TrafficMeter.Seconds, own.GetProperty("rankings").GetArrayLength());
        Assert.Equal((1, 1), (Sum(own, "rankings"), Sum(own, "failed")));
        Assert.Equal((0, 0), (Sum(own, "refused"), Sum(own, "events")));
        Assert.True(own.TryGetProperty("p99", out _));
        Assert.Equal(("model", "v2", "v3"), (Text(overview, "source"), Text(overview, "active"), Text(overview, "target")));
        JsonElement cluster = overview.GetProperty("cluster");
        Assert.Equal(
            (2, 5.0, 6, 100),
            (cluster.GetProperty("silos").GetInt32(), cluster.GetProperty("rankingsPerSecond").GetDouble(), cluster.GetProperty("queue").GetInt32(), cluster.GetProperty("queueLimit").GetInt32()));
        Assert.Equal(20, overview.GetProperty("clicks").GetProperty("hours")[0].GetProperty("positives").GetInt32());
    }

    [Fact]
    public async Task Schema_Asked_NamesFeaturesAndEventTypes()
    {
        JsonElement schema = await gateway.JsonAsync(HttpMethod.Get, "/v1/schema");
        Assert.Equal(["click", "impression"], schema.GetProperty("eventTypes").EnumerateArray().Select(t => t.GetString()));
        Assert.True(schema.GetProperty("itemFeatures")[1].GetProperty("numeric").GetBoolean());
    }

    private static int Sum(JsonElement own, string name) => own.GetProperty(name).EnumerateArray().Sum(n => n.GetInt32());

    private static string? Text(JsonElement overview, string name) => overview.GetProperty("model").GetProperty(name).GetString();
}
