using DinOrleans.Contracts.Models;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Models;

/// <summary><c>/v1/models</c>.</summary>
internal static class ModelsEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/models", GetAsync).Produces<ModelsResponse>()
            .WithSummary("Versions, newest first, the active one, and what each silo has loaded.");
        routes.MapPost("/v1/models/{version}/activate", ActivateAsync).Produces<ModelsResponse>(StatusCodes.Status202Accepted)
            .WithSummary("Makes a published version the target: once every silo has loaded it, rankings use it.");
    }

    private static async Task GetAsync(HttpContext context, IGrainFactory grains) =>
        await WriteAsync(context, grains, StatusCodes.Status200OK).ConfigureAwait(false);

    private static async Task ActivateAsync(HttpContext context, string version, IGrainFactory grains)
    {
        await grains.GetGrain<IModelRegistryGrain>(0).ActivateAsync(version, context.RequestAborted).ConfigureAwait(false);
        await WriteAsync(context, grains, StatusCodes.Status202Accepted).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext context, IGrainFactory grains, int status)
    {
        ModelRegistry registry = await grains.GetGrain<IModelRegistryGrain>(0).GetAsync(context.RequestAborted).ConfigureAwait(false);
        var body = new ModelsResponse(
            registry.Assignment.Active,
            registry.Assignment.Target,
            registry.Assignment.Retiring,
            [.. registry.Versions.Select(v => new VersionBody(v.Version, v.Kind, v.PublishedAt, v.Metrics, v.RefusedBecause))],
            [.. registry.Silos.Select(s => new SiloBody(s.Silo, s.Serving, s.Loaded))]);
        await RequestBody.WriteAsync(context, body, WireJson.Default.ModelsResponse, status).ConfigureAwait(false);
    }
}
