using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;

namespace DinOrleans.Gateway.Models;

/// <summary><c>GET|POST /v1/models</c> and <c>POST /v1/models/{version}/activate</c>.</summary>
internal sealed class ModelsEndpoints(IGrainFactory grains, JsonBody bodies)
{
    private IModelRegistryGrain Registry => grains.GetGrain<IModelRegistryGrain>(0);

    public async Task<JsonAnswer<ModelsResponse>> GetAsync(HttpContext http) =>
        new(ModelsResponse.From(await Registry.GetAsync(http.RequestAborted)));

    public async Task<JsonAnswer<ModelsResponse>> PublishAsync(HttpContext http)
    {
        PublishRequest request = await bodies.ReadAsync<PublishRequest>(http);
        if (string.IsNullOrWhiteSpace(request.Version))
        {
            throw new InvalidInputException([new("version", "must be given")]);
        }

        await grains.GetGrain<IExperimentsGrain>(0).RollOutAsync(request.Version, http.RequestAborted);
        return await GetAsync(http);
    }

    public async Task<JsonAnswer<ModelsResponse>> ActivateAsync(string version, HttpContext http)
    {
        await Registry.ActivateAsync(version, http.RequestAborted);
        return await GetAsync(http);
    }
}

/// <summary>Maps <c>/v1/models</c>.</summary>
internal static class MapModelsExtensions
{
    public static void MapModels(this IEndpointRouteBuilder v1, ModelsEndpoints endpoints)
    {
        RouteGroupBuilder models = v1.MapGroup("/models").WithTags("Models");
        models.MapGet("", (Delegate)endpoints.GetAsync).WithName("getModels").WithSummary("The model versions, and what each silo serves");
        models.MapPost("", (Delegate)endpoints.PublishAsync)
            .TakesJson<PublishRequest>(Work.Write)
            .WithName("publishModel")
            .WithSummary("Publish a version that lies in the artifact store")
            .WithDescription("The version is recorded and comes to the users as the setting Experiments:RollOut says: as a shadow and a canary first, or at once. Every silo loads, verifies and warms it before.")
            .Fails(StatusCodes.Status409Conflict);
        models.MapPost("/{version}/activate", (Delegate)endpoints.ActivateAsync)
            .TakesJsonHeader()
            .WithName("activateModel")
            .WithSummary("Make a known version the target")
            .WithDescription("The version becomes active when every silo has loaded, verified and warmed it. Until then \"target\" names it. The request needs the content type application/json. A body is not read.");
    }
}
