using System.Net;

namespace DinOrleans.Client.Testing;

/// <summary>Experiments in memory. Nothing is measured, and they stay in their first stage.</summary>
public sealed class InMemoryExperiments : IExperiments
{
    private const string Running = "running";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Experiment> _experiments = new(StringComparer.Ordinal);
    private readonly InMemoryModels _models;
    private readonly TimeProvider _time;

    internal InMemoryExperiments(InMemoryModels models, TimeProvider time) => (_models, _time) = (models, time);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Experiment>> GetAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<Experiment>>([.. _experiments.Values.OrderByDescending(e => e.StartedAt)]);
        }
    }

    /// <inheritdoc/>
    public Task<Experiment> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(Find(name));
        }
    }

    /// <inheritdoc/>
    public Task<Experiment> StartAsync(string name, ExperimentPlan plan, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_experiments.TryGetValue(name, out Experiment? experiment))
            {
                bool isShadow = plan.Mode == "shadow" || plan.ShadowFirst;
                double percent = plan.Mode == "canary" && !isShadow && plan.Ramp is [var first, ..] ? first : 100;
                experiment = new Experiment
                {
                    Name = name,
                    Mode = plan.Mode,
                    Status = Running,
                    StartedAt = _time.GetUtcNow(),
                    ChampionVersion = _models.Active,
                    Stage = new(0, isShadow, percent, _time.GetUtcNow()),
                    Ramp = plan.Ramp ?? [],
                    Guards = plan.Guards ?? [],
                    Arms =
                    [
                        new() { Arm = "champion", Tasks = [] },
                        .. plan.Arms.Select(a => new ExperimentArm { Arm = a.Name, Version = a.Version, Share = a.Share / 100, Tasks = [] }),
                    ],
                };
                _experiments.Add(name, experiment);
            }

            return Task.FromResult(experiment);
        }
    }

    /// <inheritdoc/>
    public async Task<Experiment> PromoteAsync(string name, string? arm = null, CancellationToken cancellationToken = default)
    {
        Experiment promoted;
        lock (_lock)
        {
            string winner = arm ?? Find(name).Arms[^1].Arm;
            promoted = End(name, "promoted") with { Winner = winner };
            _experiments[name] = promoted;
        }

        if (promoted.Arms.SingleOrDefault(a => a.Arm == promoted.Winner)?.Version is { } version)
        {
            await _models.PublishAsync(version, cancellationToken: cancellationToken).ConfigureAwait(false);
        }

        return promoted;
    }

    /// <inheritdoc/>
    public Task<Experiment> StopAsync(string name, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_experiments[name] = End(name, "stopped"));
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (Find(name).Status == Running)
            {
                throw new DinOrleansException($"DELETE /v1/experiments/{name}: the experiment runs", HttpStatusCode.Conflict);
            }

            _experiments.Remove(name);
            return Task.CompletedTask;
        }
    }

    private Experiment End(string name, string status) => Find(name) is { Status: Running } running
        ? running with { Status = status, EndedAt = _time.GetUtcNow() }
        : throw new DinOrleansException($"POST /v1/experiments/{name}: the experiment has ended", HttpStatusCode.Conflict);

    private Experiment Find(string name) =>
        _experiments.GetValueOrDefault(name) ?? throw new DinOrleansException($"/v1/experiments/{name}: 404 Not Found", HttpStatusCode.NotFound);
}
