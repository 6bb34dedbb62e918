using System.ComponentModel.DataAnnotations;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;

namespace DinOrleans.Gateway.Health;

/// <summary>The state of the gateway.</summary>
/// <param name="Status">"started", "live" or "ready".</param>
/// <param name="Source">What would make the scores of a ranking, "model" or "popularity".</param>
/// <param name="Writes">True where events, items and profiles are taken now. Rankings of users in memory go on in any case.</param>
internal sealed record HealthResponse(
    [property: AllowedValues("started", "live", "ready")] string Status, [property: AllowedValues("model", "popularity")] string? Source = null, bool? Writes = null);

/// <summary><c>GET /health/startup</c>, <c>/health/live</c> and <c>/health/ready</c>.</summary>
internal sealed class HealthEndpoints(Readiness readiness)
{
    /// <summary>The server takes no request before all other services of the process have started.</summary>
    public static JsonAnswer<HealthResponse> Startup() => new(new("started"));

    public static JsonAnswer<HealthResponse> Live() => new(new("live"));

    public async Task<JsonAnswer<HealthResponse>> ReadyAsync(HttpContext http)
    {
        (string? source, string? reason, bool writes) = await readiness.GetAsync(http.RequestAborted);
        return source is null
            ? throw new NotReadyException(reason!)
            : new(new("ready", source, writes));
    }
}

/// <summary>Maps <c>/health</c>.</summary>
internal static class MapHealthExtensions
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints, HealthEndpoints health)
    {
        RouteGroupBuilder group = endpoints.MapGroup("/health").WithTags("Health").IsPublic().Fails(StatusCodes.Status400BadRequest);
        group.MapGet("/startup", HealthEndpoints.Startup).WithName("startup").WithSummary("Tell that the process has started")
            .WithDescription("There is an answer once the start of the process is over.");
        group.MapGet("/live", HealthEndpoints.Live).WithName("live").WithSummary("Tell that the process runs")
            .WithDescription("There is an answer while the process runs.");
        group.MapGet("/ready", (Delegate)health.ReadyAsync)
            .WithName("ready")
            .WithSummary("Tell whether the process can rank")
            .WithDescription("The answer is 200 when a model or the popularity fallback can rank, and 503 otherwise. It says whether writes are taken.")
            .Fails(StatusCodes.Status503ServiceUnavailable);
    }
}
