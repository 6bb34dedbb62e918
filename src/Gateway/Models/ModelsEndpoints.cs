using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Models;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Auth.Audit;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace DinOrleans.Gateway.Models;

/// <summary><c>GET|POST /v1/models</c>, <c>PUT /v1/models/{version}</c> and <c>POST /v1/models/{version}/activate</c>.</summary>
internal sealed class ModelsEndpoints(IGrainFactory grains, ClusterCalls calls, JsonBody bodies, VersionUpload upload, AuditLog audit)
{
    private const string Tar = "application/x-tar";

    /// <summary>Each takes a part of a version at a time, and the disk of the artifact store is what bounds them.</summary>
    private const int MaxUploads = 2;

    private static readonly TimeSpan NextTry = TimeSpan.FromSeconds(10);

    private int _uploads;

    private IModelRegistryGrain Registry => grains.GetGrain<IModelRegistryGrain>(0);

    private IExperimentsGrain Experiments => grains.GetGrain<IExperimentsGrain>(0);

    public async Task<JsonAnswer<ModelsResponse>> GetAsync(HttpContext http) =>
        new(ModelsResponse.From(await calls.CallAsync(Registry.GetAsync, http.RequestAborted), await calls.CallAsync(Experiments.GetWaitingAsync, http.RequestAborted)));

    public async Task<JsonAnswer<ModelsResponse>> PublishAsync(HttpContext http)
    {
        PublishRequest request = await bodies.ReadAsync<PublishRequest>(http);
        if (string.IsNullOrWhiteSpace(request.Version))
        {
            throw new InvalidInputException([new("version", "must be given")]);
        }

        if (request.RollOut)
        {
            await Experiments.RollOutAsync(request.Version, http.RequestAborted);
        }
        else
        {
            await calls.CallAsync(token => Registry.RecordAsync(request.Version, token), http.RequestAborted);
        }

        audit.Published(http, request.Version);
        return await GetAsync(http);
    }

    public async Task<NoContent> UploadAsync(string version, HttpContext http)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out MediaTypeHeaderValue? type) || type.MediaType != Tar)
        {
            throw new BadHttpRequestException($"The version must be sent as {Tar}.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            if (Interlocked.Increment(ref _uploads) > MaxUploads)
            {
                throw new OverloadedException($"The gateway takes {MaxUploads} uploads at a time.", NextTry);
            }

            await upload.ReceiveAsync(version, http.Request.Body, http.RequestAborted);
            audit.Uploaded(http, version);
            return TypedResults.NoContent();
        }
        finally
        {
            Interlocked.Decrement(ref _uploads);
        }
    }

    public async Task<JsonAnswer<ModelsResponse>> ActivateAsync(string version, HttpContext http)
    {
        await calls.CallAsync(token => Registry.ActivateAsync(version, token), http.RequestAborted);
        audit.Activated(http, version);
        return await GetAsync(http);
    }
}

/// <summary>Maps <c>/v1/models</c>.</summary>
internal static class MapModelsExtensions
{
    public static void MapModels(this IEndpointRouteBuilder v1, ModelsEndpoints endpoints)
    {
        RouteGroupBuilder models = v1.MapGroup("/models").WithTags("Models").Needs(ApiScopes.Models);
        models.MapGet("", (Delegate)endpoints.GetAsync).WithName("getModels").WithSummary("Return the model versions")
            .WithDescription("The answer has the versions, which silo serves which, and why a version was refused or waits.");
        models.MapPost("", (Delegate)endpoints.PublishAsync)
            .TakesJson<PublishRequest>(Work.Write)
            .WithName("publishModel")
            .WithSummary("Publish a version")
            .WithDescription("The version lies in the artifact store. It is recorded and comes to the users as the setting Experiments:RollOut says: as a shadow and a canary first, or at once. Every silo loads, verifies and warms it before. It waits while an experiment that a person set up has some of the users. With \"rollOut\": false it is only recorded, for an experiment to name it.");
        models.MapPut("/{version}", (Delegate)endpoints.UploadAsync)
            .WithMetadata(new BodyLimit(null))
            .Accepts<byte[]>("application/x-tar")
            .Fails(StatusCodes.Status415UnsupportedMediaType)
            .WithName("uploadModel")
            .WithSummary("Put a version into the artifact store")
            .WithDescription("The body is a tar of the version's files. All are verified before the version is kept, and it is not published by this.");
        models.MapPost("/{version}/activate", (Delegate)endpoints.ActivateAsync)
            .TakesJsonHeader()
            .WithName("activateModel")
            .WithSummary("Make a known version the target")
            .WithDescription("The version becomes active when every silo has loaded, verified and warmed it. Until then \"target\" names it. The request needs the content type application/json. A body is not read.");
    }
}
