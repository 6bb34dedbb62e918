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
        experiments.MapGet("", (Delegate)endpoints.GetAllAsync).WithName("getExperiments").WithSummary("Return all experiments")
            .WithDescription("The experiments come with what was measured of each arm, newest first.");
        experiments.MapGet("/{name}", (Delegate)endpoints.GetAsync).WithName("getExperiment").WithSummary("Return an experiment")
            .WithDescription("The answer has the experiment with what was measured of each arm. An unknown name is answered 400.");
        experiments.MapPut("/{name}", (Delegate)endpoints.PutAsync)
            .TakesJson<ExperimentRequest>(Work.Write)
            .Fails(StatusCodes.Status409Conflict)
            .WithName("putExperiment")
            .WithSummary("Start an experiment")
            .WithDescription("A shadow scores in the background, a canary answers a growing share of the users, and a split has fixed shares. Repeating the same request changes nothing. A running experiment is changed by stopping it and starting another.");
        experiments.MapPost("/{name}/promote", (Delegate)endpoints.PromoteAsync)
            .TakesJson<PromoteRequest>(Work.Write)
            .Fails(StatusCodes.Status409Conflict)
            .WithName("promoteExperiment")
            .WithSummary("Promote an arm of an experiment")
            .WithDescription("The running experiment ends, and the arm's version becomes the active one.");
        experiments.MapPost("/{name}/stop", (Delegate)endpoints.StopAsync)
            .TakesJsonHeader()
            .Fails(StatusCodes.Status409Conflict)
            .WithName("stopExperiment")
            .WithSummary("Stop an experiment")
            .WithDescription("The running experiment ends, and all users are the active version's.");
        experiments.MapDelete("/{name}", (Delegate)endpoints.DeleteAsync)
            .Fails(StatusCodes.Status409Conflict)
            .WithName("deleteExperiment")
            .WithSummary("Forget an experiment")
            .WithDescription("Only an experiment that has ended can be forgotten.");
    }
}
