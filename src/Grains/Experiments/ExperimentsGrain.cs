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
    ILogger<ExperimentsGrain> logger) : Grain, IExperimentsGrain, ISiloExperimentsGrain, IClickHoursGrain, IIncomingGrainCallFilter
{
    private readonly ExperimentLedger _ledger = new(store, options.Value.Keep);
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
    public Task<IReadOnlyDictionary<string, string>> GetWaitingAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyDictionary<string, string>>(
        _ledger.Runs.Where(r => r.Status == ExperimentStatus.Waiting).ToDictionary(r => r.Experiment.Arms[0].Version!, r => r.Reason!));

    /// <inheritdoc/>
    public Task<ActiveQuality?> GetActiveQualityAsync(long leastItems, CancellationToken cancellationToken) => Task.FromResult(_baseline.Quality(leastItems));

    /// <inheritdoc/>
    public Task<ClickHours?> GetClickHoursAsync(CancellationToken cancellationToken) => Task.FromResult(
        _baseline.Version is { } version ? new ClickHours(version, shop.Features.Tasks[0].Name, options.Value.BaselineShare, _baseline.Clicks()) : null);

    /// <inheritdoc/>
    public async Task PutAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        ExperimentRules.Check(experiment).ThrowIfAny();
        ExperimentChecks.CheckName(experiment);
        ModelRegistry models = await Registry.GetAsync(cancellationToken);
        ExperimentChecks.CheckVersions(experiment, models);
        await RefreshAsync(cancellationToken);
        ExperimentRun? same = _ledger.Find(experiment.Name);
        if (same is { IsRunning: true } && JsonSerializer.Serialize(same.Experiment) == JsonSerializer.Serialize(experiment))
        {
            return;
        }

        ExperimentChecks.CheckOthers(experiment, _ledger.Runs);
        await StartAsync(experiment, models, waitsBecause: null, [], cancellationToken);
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
        if (models.Assignment.Active == version || _ledger.Find(experiment.Name) is { HasEnded: false })
        {
            return;
        }

        // A newer version takes the place of one that is being rolled out; what people set up stays, and keeps its users.
        ExperimentRun[] superseded = [.. _ledger.Open.Where(r => RollOuts.IsOne(r.Experiment))];
        await StartAsync(
            experiment,
            models,
            WaitingRollOut.Reason(experiment, _ledger.Runs.Except(superseded)),
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
        if (!run.HasEnded)
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

        if (!found.HasEnded)
        {
            throw new ConflictException("name", $"must be that of an experiment that has ended; \"{name}\" {(found.IsRunning ? "is running" : "waits")}");
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

        ExperimentRun[] open = _ledger.Open;
        if (open.Length == 0 && !_ledger.Concerns(report) && !_ledger.HasSurplus)
        {
            return [];
        }

        var models = ModelView.From(await Registry.GetAsync(cancellationToken));
        HashSet<string> counted = _ledger.Add(report);
        ExperimentRun[] next = Next(open, models, task);
        ExperimentRun[] changed = [.. next.Where((r, i) => r != open[i] || counted.Contains(r.Salt)), .. _ledger.Runs.Where(r => r.HasEnded && counted.Contains(r.Salt))];
        if (changed.Length > 0 || _ledger.HasSurplus)
        {
            await WriteAsync(changed, [], report, cancellationToken);
            foreach ((ExperimentRun before, ExperimentRun after) in open.Zip(next).Where(p => p.First.Status != p.Second.Status || p.First.Stage != p.Second.Stage))
            {
                string reason = after.Reason ?? (before.IsRunning ? "the stage before it is over" : "its users are free");
                LogMoved(after.Experiment.Name, before.Status, after.Status, after.Stage, reason);
            }
        }

        await ActivateAsync(cancellationToken);
        return _ledger.Running;
    }

    /// <summary>Experiments after a look at what was measured. A roll-out that waits gets the users of what ended in the same look.</summary>
    private ExperimentRun[] Next(ExperimentRun[] open, ModelView models, string task)
    {
        DateTimeOffset now = time.GetUtcNow();
        ExperimentRun[] next = [.. open.Select(r => ExperimentTransition.Next(r, _ledger.CountsOf(r), models, task, now))];
        return [.. next.Select(r => r.Status == ExperimentStatus.Waiting ? WaitingRollOut.Next(r, next, models, now) : r)];
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

    /// <summary>Stores a new experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="models">The state of the model registry.</param>
    /// <param name="waitsBecause">The reason why it must wait; null to begin at once.</param>
    /// <param name="others">Other experiments that change with it.</param>
    /// <param name="cancellationToken">Abandons the call.</param>
    private async Task StartAsync(
        Experiment experiment, ModelRegistry models, string? waitsBecause, ExperimentRun[] others, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var run = new ExperimentRun
        {
            Experiment = experiment,
            Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            StartedAt = now,
            StageSince = now,
            ChampionVersion = models.Assignment.Active,
            Status = waitsBecause is null ? ExperimentStatus.Running : ExperimentStatus.Waiting,
            Reason = waitsBecause,
        };
        await WriteAsync([run, .. others], [], report: null, cancellationToken);
        if (waitsBecause is null)
        {
            LogStarted(experiment.Name, experiment.Mode);
        }
        else
        {
            LogWaits(experiment.Name, waitsBecause);
        }
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
}
