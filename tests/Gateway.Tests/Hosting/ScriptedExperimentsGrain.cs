using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Gateway.Tests.Hosting;

/// <summary>Keeps what it is given; "busy" is the name of an experiment that conflicts.</summary>
public sealed class ScriptedExperimentsGrain(ShopScript script) : Grain, IExperimentsGrain
{
    public Task<IReadOnlyList<ExperimentReport>> GetAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ExperimentReport>>([.. script.Experiments.Values]);

    public Task<ExperimentReport?> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(script.Experiments.GetValueOrDefault(name));

    public Task PutAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        if (experiment.Name == "busy")
        {
            throw new ConflictException("users", "must not overlap those of the running experiment \"other\"");
        }

        script.Experiments[experiment.Name] = new()
        {
            Run = new() { Experiment = experiment, Salt = "s", StartedAt = ShopScript.Noon, StageSince = ShopScript.Noon, ChampionVersion = "v1" },
            Arms = [new() { Arm = ExperimentArm.Champion, Tasks = [] }, .. experiment.Arms.Select(Measured)],
        };
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, string>> GetWaitingAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(script.Waiting));

    public Task<ActiveQuality?> GetActiveQualityAsync(long leastItems, CancellationToken cancellationToken) => Task.FromResult<ActiveQuality?>(null);

    public Task RollOutAsync(string version, CancellationToken cancellationToken)
    {
        if (version != "v1")
        {
            throw new InvalidInputException([new("version", "is not in the store")]);
        }

        script.Published.Enqueue(version);
        return Task.CompletedTask;
    }

    public Task PromoteAsync(string name, string? arm, CancellationToken cancellationToken) => End(name, ExperimentStatus.Promoting, arm);

    public Task StopAsync(string name, CancellationToken cancellationToken) => End(name, ExperimentStatus.Stopped, null);

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        script.Experiments.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    private static ArmReport Measured(ExperimentArm arm) => new()
    {
        Arm = arm.Name,
        Version = arm.Version,
        Rankings = 10,
        Shown = 100,
        Tasks = [new() { Task = "click", Positives = 7, Rate = 0.07, Difference = new(-0.1, -0.2, 0.05) }],
        LatencyP99 = 3.5,
    };

    private Task End(string name, ExperimentStatus status, string? winner)
    {
        ExperimentReport report = script.Experiments.GetValueOrDefault(name) ?? throw new InvalidInputException([new("name", "must be that of an experiment")]);
        script.Experiments[name] = report with { Run = report.Run with { Status = status, Winner = winner, Reason = "by hand at 10.0.0.7:11111 with /srv/shop data/by-hand.json" } };
        return Task.CompletedTask;
    }
}
