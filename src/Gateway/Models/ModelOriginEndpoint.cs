using System.Text.Json;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Models;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DinOrleans.Gateway.Models;

/// <summary><c>GET /v1/models/{version}</c>.</summary>
internal sealed class ModelOriginEndpoint(IGrainFactory grains, ClusterCalls calls)
{
    public async Task<Results<JsonAnswer<ModelOriginResponse>, NotFound>> GetAsync(string version, HttpContext http)
    {
        VersionOrigin? origin = await calls.CallAsync(token => grains.GetGrain<IVersionOriginGrain>(0).GetAsync(version, token), http.RequestAborted);
        return origin is null ? TypedResults.NotFound() : new JsonAnswer<ModelOriginResponse>(ModelOriginResponse.Create(origin));
    }
}

/// <summary>How a version was made.</summary>
/// <param name="Version">The name of the version.</param>
/// <param name="Kind">The model, for example "din".</param>
/// <param name="CreatedAt">When its training ended.</param>
/// <param name="StartedFrom">The version whose weights its training started from. It is left out for fresh weights.</param>
/// <param name="Options">The complete options of the model.</param>
/// <param name="From">The time of the first event that it learned from.</param>
/// <param name="Until">The time of the last event that it learned from.</param>
/// <param name="Events">The number of events that it learned from.</param>
/// <param name="Calibration">
/// How well its probabilities agree with what happened, per task. It is left out where the scores are not probabilities, where there was nothing to
/// measure them on, and for versions from before this was measured.
/// </param>
internal sealed record ModelOriginResponse(
    string Version,
    string Kind,
    DateTimeOffset CreatedAt,
    string? StartedFrom,
    JsonElement Options,
    DateTimeOffset From,
    DateTimeOffset Until,
    long Events,
    IReadOnlyList<TaskCalibration>? Calibration)
{
    public static ModelOriginResponse Create(VersionOrigin origin)
    {
        using var options = JsonDocument.Parse(origin.Options);
        return new(
            origin.Version,
            origin.Kind,
            origin.CreatedAt,
            origin.StartedFrom,
            options.RootElement.Clone(),
            origin.From,
            origin.Until,
            origin.Events,
            origin.Calibration is { Count: > 0 } calibration ? calibration : null);
    }
}

/// <summary>Maps <c>GET /v1/models/{version}</c>.</summary>
internal static class MapModelOriginExtensions
{
    public static void MapModelOrigin(this IEndpointRouteBuilder v1, ModelOriginEndpoint endpoint) => v1
        .MapGet("/models/{version}", endpoint.GetAsync)
        .Needs(ApiScopes.Models)
        .WithTags("Models")
        .WithName("getModel")
        .WithSummary("Return how a version was made")
        .WithDescription("The answer has the options of a published version, its data, and the version whose weights it started from.")
        .Fails(StatusCodes.Status404NotFound);
}
