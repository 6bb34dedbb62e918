using System.Security.Cryptography;
using System.Text.Json;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Shop;
using DinOrleans.Storage.Experiments;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Experiments;

/// <inheritdoc cref="IExperimentsGrain"/>
/// <remarks><see cref="ExperimentTransition"/> decides, and here it is stored before it is acted on.</remarks>
public sealed partial class ExperimentsGrain(
    IExperimentStore store,
    ShopSchema shop,
    IOptions<ExperimentOptions> options,
    ExperimentGauges gauges,
    TimeProvider time,
    ILogger<ExperimentsGrain> logger) : Grain, IExperimentsGrain, ISiloExperimentsGrain, IIncomingGrainCallFilter
{
    private readonly ExperimentLedger _ledger = new(store);
    private readonly ActiveBaseline _baseline = new();

    private IModelRegistryGrain Registry => GrainFactory.GetGrain<IModelRegistryGrain>(0);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        gauges.Show([]);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType == typeof(ISiloExperimentsGrain) && RegistryCallers.IsOutside(context.SourceId)
            ? throw new InvalidInputException([new("silo", "must be a silo of the cluster that reports for itself")])
            : context.Invoke();

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExperimentReport>> GetAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ExperimentReport>>([.. _ledger.Runs.Select(Report)]);

    /// <inheritdoc/>
    public Task<ExperimentReport?> GetAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_ledger.Find(name) is { } found ? Report(found) : null);

    /// <inheritdoc/>
    public Task<ActiveQuality?> GetActiveQualityAsync(long leastItems, CancellationToken cancellationToken) => Task.FromResult(_baseline.Quality(leastItems));

    /// <inheritdoc/>
    public async Task PutAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        ExperimentRules.Check(experiment).ThrowIfAny();
        ModelRegistry models = await Registry.GetAsync(cancellationToken);
        ExperimentChecks.CheckVersions(experiment, models);
        await RefreshAsync(cancellationToken);
        ExperimentRun? same = _ledger.Find(experiment.Name);
        if (same is { IsRunning: true } && JsonSerializer.Serialize(same.Experiment) == JsonSerializer.Serialize(experiment))
        {
            return;
        }

        ExperimentChecks.CheckOthers(experiment, _ledger.Runs);
        await StartAsync(experiment, models, [], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RollOutAsync(string version, CancellationToken cancellationToken)
    {
        ModelRegistry models = await Registry.GetAsync(cancellationToken);
        if (options.Value.RollOut == RollOutMode.Immediate || models.Assignment.Active is null)
        {
            await Registry.PublishAsync(version, cancellationToken);
            return;
        }

        await Registry.RecordAsync(version, cancellationToken);
        models = await Registry.GetAsync(cancellationToken);
        Experiment experiment = options.Value.RollOutOf(RollOuts.NameOf(version), version);
        ExperimentChecks.CheckVersions(experiment, models);
        await RefreshAsync(cancellationToken);
        if (models.Assignment.Active == version || _ledger.Find(experiment.Name) is { IsRunning: true })
        {
            return;
        }

        // A newer version takes the place of one that is being rolled out; what people set up stays.
        ExperimentRun[] superseded = [.. _ledger.Runs.Where(r => r.IsRunning && RollOuts.IsOne(r.Experiment))];
        ExperimentChecks.CheckOthers(experiment, _ledger.Runs.Except(superseded));
        await StartAsync(
            experiment,
            models,
            [.. superseded.Select(r => ExperimentTransition.End(r, ExperimentStatus.Stopped, $"version {version} is rolled out instead", time.GetUtcNow()))],
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task PromoteAsync(string name, string? arm, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        ExperimentRun run = _ledger.Require(name);
        ExperimentArm winner = ExperimentChecks.Winner(run, arm);
        if (run.Status == ExperimentStatus.Promoting && run.Winner == winner.Name)
        {
            return;
        }

        await WriteAsync([ExperimentTransition.Promote(run, winner.Name, "promoted by hand")], [], report: null, cancellationToken);
        await ActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(string name, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        ExperimentRun run = _ledger.Require(name);
        if (run.IsRunning)
        {
            await WriteAsync([ExperimentTransition.End(run, ExperimentStatus.Stopped, "stopped by hand", time.GetUtcNow())], [], report: null, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        if (_ledger.Find(name) is not { } found)
        {
            return;
        }

        if (found.IsRunning)
        {
            throw new ConflictException("name", $"must be that of an experiment that has ended; \"{name}\" is running");
        }

        await WriteAsync([], [name], report: null, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ExperimentRun>> ReportAsync(SiloCounts report, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        string task = shop.Features.Tasks[0].Name;
        foreach (CountedArm ofActive in report.Counts.Where(c => c.Salt.StartsWith(ActiveBaseline.SaltPrefix, StringComparison.Ordinal)))
        {
            _baseline.Add(ofActive, task);
        }

        ExperimentRun[] running = _ledger.Running;
        if (running.Length == 0 && !_ledger.Concerns(report))
        {
            return [];
        }

        var models = ModelView.From(await Registry.GetAsync(cancellationToken));
        HashSet<string> counted = _ledger.Add(report);
        ExperimentRun[] next = [.. running.Select(r => ExperimentTransition.Next(r, _ledger.CountsOf(r), models, task, time.GetUtcNow()))];
        ExperimentRun[] changed = [.. next.Where((r, i) => r != running[i] || counted.Contains(r.Salt)), .. _ledger.Runs.Where(r => !r.IsRunning && counted.Contains(r.Salt))];
        if (changed.Length > 0)
        {
            await WriteAsync(changed, [], report, cancellationToken);
            foreach ((ExperimentRun before, ExperimentRun after) in running.Zip(next).Where(p => p.First.Status != p.Second.Status || p.First.Stage != p.Second.Stage))
            {
                LogMoved(after.Experiment.Name, before.Status, after.Status, after.Stage, after.Reason);
            }
        }

        await ActivateAsync(cancellationToken);
        return _ledger.Running;
    }

    /// <summary>Has the registry move to the versions of arms that take over. Asked again until it has.</summary>
    private async Task ActivateAsync(CancellationToken cancellationToken)
    {
        foreach (ExperimentRun run in _ledger.Running.Where(r => r.Status == ExperimentStatus.Promoting))
        {
            string version = run.Experiment.Arms.Single(a => a.Name == run.Winner).Version!;
            ModelAssignment assignment = (await Registry.GetAsync(cancellationToken)).Assignment;
            if (assignment.Active != version && assignment.Target != version)
            {
                await Registry.ActivateAsync(version, cancellationToken);
            }
        }
    }

    private Task StartAsync(Experiment experiment, ModelRegistry models, ExperimentRun[] others, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        LogStarted(experiment.Name, experiment.Mode);
        var run = new ExperimentRun
        {
            Experiment = experiment,
            Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            StartedAt = now,
            StageSince = now,
            ChampionVersion = models.Assignment.Active,
        };
        return WriteAsync([run, .. others], [], report: null, cancellationToken);
    }

    private ExperimentReport Report(ExperimentRun run) => ArmMeasures.Report(run, _ledger.CountsOf(run));

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (await _ledger.RefreshAsync(cancellationToken))
        {
            ShowRunning();
        }
    }

    private async Task WriteAsync(
        IReadOnlyList<ExperimentRun> put, IReadOnlyList<string> remove, SiloCounts? report, CancellationToken cancellationToken)
    {
        await _ledger.WriteAsync(put, remove, report, cancellationToken);
        ShowRunning();
    }

    private void ShowRunning() => gauges.Show([.. _ledger.Running.Select(Report)]);

    [LoggerMessage(Level = LogLevel.Information, Message = "The experiment {Name} ({Mode}) has started")]
    private partial void LogStarted(string name, ExperimentMode mode);

    [LoggerMessage(EventId = 330, Level = LogLevel.Information, Message = "The experiment {Name} went from {Before} to {After}, stage {Stage}: {Reason}")]
    private partial void LogMoved(string name, ExperimentStatus before, ExperimentStatus after, int stage, string? reason);
}
