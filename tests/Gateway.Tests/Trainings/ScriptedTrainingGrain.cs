using DinOrleans.Contracts.Trainings;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Trainings;

/// <summary>Knows two trainings and writes down what it was asked.</summary>
public sealed class ScriptedTrainingGrain(ShopScript script) : Grain, ITrainingGrain
{
    public static TrainingInfo Running { get; } = new()
    {
        Id = "t2",
        Trigger = TrainingTrigger.NewPositives,
        State = TrainingState.Running,
        RequestedAt = ShopScript.Noon,
        StartedAt = ShopScript.Noon.AddSeconds(1),
        Worker = "w",
        Attempt = 2,
        Failures = 1,
        Progress = new(2, 3, 40, 500, 6000, 0.25),
        Curve = [new(1, 0.5, 5000, 0.75, double.NaN, 0.375)],
        StartedFrom = "v1",
        DataUntil = ShopScript.Noon,
        Error = "Could not find file '/srv/shop data/trainings/t2/plan.json'",
    };

    public static TrainingInfo Rejected { get; } = new()
    {
        Id = "t1",
        Trigger = TrainingTrigger.Hand,
        Reason = "new catalogue",
        State = TrainingState.Rejected,
        RequestedAt = ShopScript.Noon,
        EndedAt = ShopScript.Noon.AddMinutes(1),
        Gates = [new("gauc", false, 0.5, 0.75, 0.7, "on 500 rankings")],
        Version = "v2",
        Error = "gauc is too low",
    };

    public Task<TrainingInfo> StartAsync(TrainingRequest request, CancellationToken cancellationToken)
    {
        script.TrainingRequests.Enqueue(request);
        return Task.FromResult(new TrainingInfo { Id = "t3", Trigger = request.Trigger, Reason = request.Reason, State = TrainingState.Waiting, RequestedAt = ShopScript.Noon });
    }

    public Task<TrainingPage> ListAsync(TrainingPageQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(query == new TrainingPageQuery(1, "t2") ? new TrainingPage([Rejected], null) : new TrainingPage([.. ((TrainingInfo[])[Running, Rejected]).Take(query.Limit)], "t1"));

    public Task<TrainingInfo?> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(id == "t2" ? Running : null);
}
