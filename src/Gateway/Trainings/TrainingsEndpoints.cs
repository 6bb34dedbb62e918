using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Trainings;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Auth.Audit;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Http;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DinOrleans.Gateway.Trainings;

/// <summary><c>GET|POST /v1/trainings</c> and <c>GET /v1/trainings/{id}</c>.</summary>
internal sealed class TrainingsEndpoints(IGrainFactory grains, ClusterCalls calls, JsonBody bodies, AuditLog audit)
{
    internal const int DefaultLimit = 20;

    private ITrainingGrain Trainings => grains.GetGrain<ITrainingGrain>(0);

    public async Task<JsonAnswer<TrainingsResponse>> ListAsync(HttpContext http)
    {
        PageQuery page = PageQuery.Read(http.Request.Query, DefaultLimit);
        var query = new TrainingPageQuery(page.Limit, page.After);
        TrainingRules.Check(query).ThrowIfAny();
        TrainingPage trainings = await calls.CallAsync(token => Trainings.ListAsync(query, token), http.RequestAborted);
        IReadOnlyDictionary<string, string> waiting = await WaitingAsync(http);
        return new(new([.. trainings.Trainings.Select(t => TrainingResponse.From(t, waiting))], trainings.Next));
    }

    public async Task<Results<JsonAnswer<TrainingResponse>, NotFound>> GetAsync(string id, HttpContext http) =>
        await calls.CallAsync(token => Trainings.GetAsync(id, token), http.RequestAborted) is { } training ? await AnswerAsync(training, http) : TypedResults.NotFound();

    public async Task<JsonAnswer<TrainingResponse>> StartAsync(HttpContext http)
    {
        StartTrainingRequest body = await bodies.ReadAsync<StartTrainingRequest>(http);
        var request = new TrainingRequest(TrainingTrigger.Hand, body.Reason, body.FreshWeights);
        TrainingRules.Check(request).ThrowIfAny();
        TrainingInfo training = await Trainings.StartAsync(request, http.RequestAborted);
        audit.TrainingAskedFor(http, training.Id);
        return await AnswerAsync(training, http);
    }

    private async Task<JsonAnswer<TrainingResponse>> AnswerAsync(TrainingInfo training, HttpContext http) => new(TrainingResponse.From(training, await WaitingAsync(http)));

    private Task<IReadOnlyDictionary<string, string>> WaitingAsync(HttpContext http) =>
        calls.CallAsync(grains.GetGrain<IExperimentsGrain>(0).GetWaitingAsync, http.RequestAborted);
}

/// <summary>Maps <c>/v1/trainings</c>.</summary>
internal static class MapTrainingsExtensions
{
    public static void MapTrainings(this IEndpointRouteBuilder v1, TrainingsEndpoints endpoints)
    {
        RouteGroupBuilder trainings = v1.MapGroup("/trainings").WithTags("Trainings").Needs(ApiScopes.Training);
        trainings.MapGet("", (Delegate)endpoints.ListAsync).WithName("getTrainings").WithSummary("Return trainings")
            .WithDescription("The trainings come newest first, page by page.")
            .Reads(RequestParameter.Limit(TrainingPageQuery.MaxLimit, TrainingsEndpoints.DefaultLimit, "trainings"), RequestParameter.After);
        trainings.MapGet("/{id}", (Delegate)endpoints.GetAsync).WithName("getTraining").WithSummary("Return a training")
            .WithDescription("The answer has the progress of a training, a point per epoch, its gates and what came of it.")
            .Fails(StatusCodes.Status404NotFound);
        trainings.MapPost("", (Delegate)endpoints.StartAsync)
            .TakesJson<StartTrainingRequest>(Work.Write)
            .WithName("startTraining")
            .WithSummary("Train a version from the log")
            .WithDescription("If a training is waiting already, the answer is that training, and it is tried at once if it waits after a failure. One training runs at a time.");
    }
}
