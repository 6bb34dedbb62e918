using System.Collections.Concurrent;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Trainings;

namespace DinOrleans.Training.Tests.Service.Attempts;

/// <summary>The grains that a training service works with: a registry, a silo that tries versions, and the trainings.</summary>
internal sealed class FakeCluster : IModelRegistryGrain, IExperimentsGrain, IVersionCheckGrain, ITrainingGrain, ITrainingWorkGrain
{
    private int _looksAtExperiments;

    public FakeCluster() => Grains = GrainFactoryProxy.Of(this);

    public IGrainFactory Grains { get; }

    public string? Active { get; set; }

    public List<string> Published { get; } = [];

    public List<TrainingReport> Reports { get; } = [];

    /// <summary>The trainings that the cluster remembers.</summary>
    public List<TrainingInfo> Trainings { get; } = [];

    /// <summary>What triggers are judged by: none may ask for a training.</summary>
    public TrainingPast Past { get; set; } = new(IsIdle: false, null, null, 0);

    /// <summary>The trainings that were asked for.</summary>
    public ConcurrentQueue<TrainingRequest> Requests { get; } = [];

    /// <summary>The experiments of the cluster.</summary>
    public IReadOnlyList<ExperimentRun> Experiments { get; set; } = [];

    /// <summary>How often the experiments were asked for.</summary>
    public int LooksAtExperiments => Volatile.Read(ref _looksAtExperiments);

    public VersionCheck Check { get; set; } = new(TimeSpan.FromSeconds(1), 1e-6, 1e-4, null);

    /// <summary>False where the training is another service's by now.</summary>
    public bool IsOurs { get; set; } = true;

    public Task<ModelRegistry> GetAsync(CancellationToken cancellationToken) => Task.FromResult(new ModelRegistry(new(Active, null, null), [], []));

    public Task<IReadOnlyDictionary<string, string>> GetWaitingAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ActiveQuality?> GetActiveQualityAsync(long leastItems, CancellationToken cancellationToken) => Task.FromResult<ActiveQuality?>(null);

    public Task RollOutAsync(string version, CancellationToken cancellationToken)
    {
        Published.Add(version);
        Active = version;
        return Task.CompletedTask;
    }

    public Task PublishAsync(string version, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ActivateAsync(string version, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RecordAsync(string version, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<ExperimentReport?> IExperimentsGrain.GetAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ExperimentReport>> GetAllAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _looksAtExperiments);
        return Task.FromResult<IReadOnlyList<ExperimentReport>>([.. Experiments.Select(run => new ExperimentReport { Run = run, Arms = [] })]);
    }

    public Task PutAsync(Experiment experiment, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task PromoteAsync(string name, string? arm, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task StopAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<VersionCheck> CheckAsync(string version, CancellationToken cancellationToken) => Task.FromResult(Check);

    /// <summary>Has no work.</summary>
    public Task<TrainingAssignment> TakeAsync(TrainingWorker worker, CancellationToken cancellationToken) => Task.FromResult(new TrainingAssignment(null, "{}", Past));

    public Task<TrainingInfo> StartAsync(TrainingRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        Past = Past with { IsIdle = false };
        return Task.FromResult(new TrainingInfo { Id = "asked-for", Trigger = request.Trigger, State = TrainingState.Waiting, RequestedAt = DateTimeOffset.UnixEpoch });
    }

    public Task<TrainingPage> ListAsync(TrainingPageQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<TrainingInfo?> ITrainingGrain.GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Trainings.FirstOrDefault(t => t.Id == id));

    public Task<bool> ReportAsync(TrainingReport report, CancellationToken cancellationToken)
    {
        lock (Reports)
        {
            Reports.Add(report);
        }

        return Task.FromResult(IsOurs);
    }
}
