using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Health;
using DinOrleans.Contracts.Models;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Traffic;

namespace DinOrleans.Gateway.Overview;

/// <summary><c>GET /v1/overview</c>.</summary>
internal sealed class OverviewEndpoint(IGrainFactory grains, ClusterCalls calls, TrafficMeter traffic, TimeProvider time)
{
    public async Task<JsonAnswer<OverviewResponse>> GetAsync(HttpContext http)
    {
        Task<ModelRegistry> registry = calls.CallAsync(grains.GetGrain<IModelRegistryGrain>(0).GetAsync, http.RequestAborted);
        Task<IReadOnlyList<SiloLoad>> silos = calls.CallAsync(grains.GetGrain<IClusterLoadGrain>(0).GetAsync, http.RequestAborted);
        Task<ClickHours?> clicks = calls.CallAsync(grains.GetGrain<IClickHoursGrain>(0).GetClickHoursAsync, http.RequestAborted);
        await Task.WhenAll(registry, silos, clicks);
        return new(new OverviewResponse
        {
            At = time.GetUtcNow(),
            Gateway = Counted(traffic.Report()),
            Model = Serving(await registry),
            Cluster = Totals(await silos),
            Clicks = await clicks,
        });
    }

    private GatewayTraffic Counted(TrafficReport report) => new(
        traffic.Since, report.Rankings, report.Events, report.Failed, report.Refused, report.P50, report.P99, report.RankingsPerSecond, report.EventsPerSecond);

    private static ServingModel Serving(ModelRegistry registry)
    {
        string? active = registry.Assignment.Active;
        ModelVersionInfo? version = registry.Versions.FirstOrDefault(v => v.Version == active);
        return new(active is null ? "popularity" : "model", active, registry.Assignment.Target, version?.Kind, version?.PublishedAt);
    }

    private static ClusterTotals Totals(IReadOnlyList<SiloLoad> silos) => new(
        silos.Count, silos.Sum(s => s.RankingsPerSecond), silos.Sum(s => s.Queue), silos.Sum(s => s.QueueLimit));
}

/// <summary>Maps <c>/v1/overview</c>.</summary>
internal static class MapOverviewExtensions
{
    public static void MapOverview(this IEndpointRouteBuilder v1, OverviewEndpoint endpoint) => v1
        .MapGet("/overview", (Delegate)endpoint.GetAsync)
        .NeedsAnyKey()
        .WithTags("System")
        .WithName("getOverview")
        .WithSummary("Return what happens now")
        .WithDescription("The answer has what this gateway did in each of the last 300 seconds, what ranks, the sums over all silos, and the rate of positives by hour.");
}
