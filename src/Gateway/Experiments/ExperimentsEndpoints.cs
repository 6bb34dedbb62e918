using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Auth.Audit;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DinOrleans.Gateway.Experiments;

/// <summary><c>/v1/experiments</c>: shadow, canary and A/B.</summary>
internal sealed class ExperimentsEndpoints(IGrainFactory grains, ClusterCalls calls, JsonBody bodies, AuditLog audit)
{
    private IExperimentsGrain Experiments => grains.GetGrain<IExperimentsGrain>(0);

    public async Task<JsonAnswer<ExperimentsResponse>> GetAllAsync(HttpContext http) => new(
        new([.. (await calls.CallAsync(Experiments.GetAllAsync, http.RequestAborted)).Select(ExperimentResponse.From)]));

    public async Task<JsonAnswer<ExperimentResponse>> GetAsync(string name, HttpContext http) => new(
        ExperimentResponse.From(await calls.CallAsync(token => Experiments.GetAsync(name, token), http.RequestAborted) ?? throw Unknown(name)));

    public async Task<JsonAnswer<ExperimentResponse>> PutAsync(string name, HttpContext http)
    {
        ExperimentRequest request = await bodies.ReadAsync<ExperimentRequest>(http);
        Experiment experiment = request.ToExperiment(name);
        ExperimentRules.Check(experiment).ThrowIfAny();
        await calls.CallAsync(token => Experiments.PutAsync(experiment, token), http.RequestAborted);
        audit.ExperimentStarted(http, name);
        return await GetAsync(name, http);
    }

    public async Task<JsonAnswer<ExperimentResponse>> PromoteAsync(string name, HttpContext http)
    {
        PromoteRequest request = await bodies.ReadAsync<PromoteRequest>(http);
        await Experiments.PromoteAsync(name, request.Arm, http.RequestAborted);
        audit.ExperimentPromoted(http, name);
        return await GetAsync(name, http);
    }

    public async Task<JsonAnswer<ExperimentResponse>> StopAsync(string name, HttpContext http)
    {
        await calls.CallAsync(token => Experiments.StopAsync(name, token), http.RequestAborted);
        audit.ExperimentStopped(http, name);
        return await GetAsync(name, http);
    }

    public async Task<NoContent> DeleteAsync(string name, HttpContext http)
    {
        await calls.CallAsync(token => Experiments.DeleteAsync(name, token), http.RequestAborted);
        audit.ExperimentDeleted(http, name);
        return TypedResults.NoContent();
    }

    private static InvalidInputException Unknown(string name) => new([new("name", $"must be that of an experiment; \"{name}\" is not")]);
}

/// <summary>Maps <c>/v1/experiments</c>.</summary>
internal static class MapExperimentsExtensions
{
    public static void MapExperiments(this IEndpointRouteBuilder v1, ExperimentsEndpoints endpoints)
    {
        RouteGroupBuilder experiments = v1.MapGroup("/experiments").WithTags("Experiments").Needs(ApiScopes.Experiments);
        experiments.MapGet("", (Delegate)endpoints.GetAllAsync).WithName("getExperiments").WithSummary("All experiments with their measures, newest first");
        experiments.MapGet("/{name}", (Delegate)endpoints.GetAsync).WithName("getExperiment").WithSummary("One experiment with its measures");
        experiments.MapPut("/{name}", (Delegate)endpoints.PutAsync)
            .TakesJson<ExperimentRequest>(Work.Write)
            .Fails(StatusCodes.Status409Conflict)
            .WithName("putExperiment")
            .WithSummary("Start an experiment")
            .WithDescription("Repeating the same request changes nothing. A running experiment is changed by stopping it and starting another.");
        experiments.MapPost("/{name}/promote", (Delegate)endpoints.PromoteAsync)
            .TakesJson<PromoteRequest>(Work.Write)
            .Fails(StatusCodes.Status409Conflict)
            .WithName("promoteExperiment")
            .WithSummary("End a running experiment by making an arm's version the active one");
        experiments.MapPost("/{name}/stop", (Delegate)endpoints.StopAsync)
            .TakesJsonHeader()
            .WithName("stopExperiment")
            .WithSummary("End a running experiment; all users are the active version's");
        experiments.MapDelete("/{name}", (Delegate)endpoints.DeleteAsync)
            .Fails(StatusCodes.Status409Conflict)
            .WithName("deleteExperiment")
            .WithSummary("Forget an experiment that has ended");
    }
}
