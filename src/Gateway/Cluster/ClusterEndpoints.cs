using DinOrleans.Contracts.Health;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Cluster;

/// <summary><c>GET /v1/cluster</c> and <c>GET /v1/settings</c>.</summary>
internal sealed class ClusterEndpoints(IGrainFactory grains, ClusterCalls calls, ShownSettings settings)
{
    public async Task<JsonAnswer<ClusterResponse>> GetAsync(HttpContext http) =>
        new(new(await calls.CallAsync(grains.GetGrain<IClusterLoadGrain>(0).GetAsync, http.RequestAborted)));

    public JsonAnswer<SettingsResponse> GetSettings() => new(settings.Read());
}

/// <summary>The silos of the cluster.</summary>
/// <param name="Silos">Those that have reported within the last ten seconds, by address.</param>
internal sealed record ClusterResponse(IReadOnlyList<SiloLoad> Silos);

/// <summary>Maps <c>/v1/cluster</c> and <c>/v1/settings</c>.</summary>
internal static class MapClusterExtensions
{
    public static void MapCluster(this IEndpointRouteBuilder v1, ClusterEndpoints endpoints)
    {
        RouteGroupBuilder system = v1.MapGroup("").WithTags("System").Needs(ApiScopes.Admin);
        system.MapGet("/cluster", (Delegate)endpoints.GetAsync).WithName("getCluster").WithSummary("Return what each silo does")
            .WithDescription("The answer has the rankings, the queue, the processors and the memory of each silo that has reported within the last ten seconds.");
        system.MapGet("/settings", endpoints.GetSettings).WithName("getSettings").WithSummary("Return the settings")
            .WithDescription("The answer has the settings of the process that answers, without secrets.");
    }
}
