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
    private readonly Dictionary<string, StageCounts> _counts = [];
    private ExperimentBoard _board = new(0, new Dictionary<string, long>(), []);
    private readonly ActiveBaseline _baseline = new();
    private bool _isStale = true;

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
        Task.FromResult<IReadOnlyList<ExperimentReport>>([.. _board.Experiments.Select(Report)]);

    /// <inheritdoc/>
    public Task<ExperimentReport?> GetAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Find(name) is { } found ? Report(found) : null);

    /// <inheritdoc/>
    public Task<ActiveQuality?> GetActiveQualityAsync(long leastItems, CancellationToken cancellationToken) => Task.FromResult(_baseline.Quality(leastItems));

    /// <inheritdoc/>
    public async Task PutAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        ExperimentRules.Check(experiment).ThrowIfAny();
        ModelRegistry models = await Registry.GetAsync(cancellationToken);
        ExperimentChecks.CheckVersions(experiment, models);
        await RefreshAsync(cancellationToken);
        ExperimentRun? same = Find(experiment.Name)?.Run;
        if (same is { IsRunning: true } && JsonSerializer.Serialize(same.Experiment) == JsonSerializer.Serialize(experiment))
        {
            return;
        }

        ExperimentChecks.CheckOthers(experiment, _board.Experiments.Select(e => e.Run));
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
        if (models.Assignment.Active == version || Find(experiment.Name) is { Run: { IsRunning: true } })
        {
            return;
        }

        // A newer version takes the place of one that is being rolled out; what people set up stays.
        ExperimentRun[] superseded = [.. _board.Experiments.Select(e => e.Run).Where(r => r.IsRunning && RollOuts.IsOne(r.Experiment))];
        ExperimentChecks.CheckOthers(experiment, _board.Experiments.Select(e => e.Run).Except(superseded));
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
        ExperimentRun run = Known(name);
        ExperimentArm winner = ExperimentChecks.Winner(run, arm);
        if (run.Status == ExperimentStatus.Promoting && run.Winner == winner.Name)
        {
            return;
        }

        await WriteAsync([ExperimentTransition.Promote(run, winner.Name, "promoted by hand")], [], cancellationToken);
        await ActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(string name, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        ExperimentRun run = Known(name);
        if (run.IsRunning)
        {
            await WriteAsync([ExperimentTransition.End(run, ExperimentStatus.Stopped, "stopped by hand", time.GetUtcNow())], [], cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        if (Find(name) is not { } found)
        {
            return;
        }

        if (found.Run.IsRunning)
        {
            throw new ConflictException("name", $"must be that of an experiment that has ended; \"{name}\" is running");
        }

        await WriteAsync([], [name], cancellationToken);
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

        ExperimentRun[] running = [.. _board.Experiments.Select(e => e.Run).Where(r => r.IsRunning)];
        if (running.Length == 0 && report.Counts.All(c => !_counts.ContainsKey(c.Salt)))
        {
            return [];
        }

        ModelView models = View(await Registry.GetAsync(cancellationToken));
        bool isNew = report.Number > _board.Reports.GetValueOrDefault(report.Silo);

        // What is added and then not stored is read again, since the silo will report it again.
        _isStale = true;
        HashSet<string> counted = isNew ? Add(report) : [];
        ExperimentRun[] next = [.. running.Select(r => ExperimentTransition.Next(r, CountsOf(r), models, task, time.GetUtcNow()))];
        ExperimentRun[] changed = [.. next.Where((r, i) => r != running[i] || counted.Contains(r.Salt))];
        if (changed.Length > 0)
        {
            await WriteAsync(changed, [], cancellationToken, isNew ? report : null);
            foreach ((ExperimentRun before, ExperimentRun after) in running.Zip(next).Where(p => p.First.Status != p.Second.Status || p.First.Stage != p.Second.Stage))
            {
                LogMoved(after.Experiment.Name, before.Status, after.Status, after.Stage, after.Reason);
            }
        }

        _isStale = false;
        await ActivateAsync(cancellationToken);
        return [.. _board.Experiments.Select(e => e.Run).Where(r => r.IsRunning)];
    }

    /// <summary>Has the registry move to the versions of arms that take over. Asked again until it has.</summary>
    private async Task ActivateAsync(CancellationToken cancellationToken)
    {
        foreach (ExperimentRun run in _board.Experiments.Select(e => e.Run).Where(r => r.Status == ExperimentStatus.Promoting))
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
        return WriteAsync([run, .. others], [], cancellationToken);
    }

    /// <summary>Adds a report to the counts in memory, and names the experiments that it changed.</summary>
    private HashSet<string> Add(SiloCounts report)
    {
        HashSet<string> changed = [];
        foreach (CountedArm arm in report.Counts)
        {
            // Counts of an experiment that has ended or is gone come too late to matter.
            if (_counts.TryGetValue(arm.Salt, out StageCounts? counts))
            {
                counts.Add(arm.Stage, arm.Arm, arm.Counts);
                changed.Add(arm.Salt);
            }
        }

        return changed;
    }

    private StageCounts CountsOf(ExperimentRun run) => _counts[run.Salt];

    private StoredExperiment? Find(string name) => _board.Experiments.FirstOrDefault(e => e.Run.Experiment.Name == name);

    private ExperimentRun Known(string name) =>
        Find(name)?.Run ?? throw new InvalidInputException([new("name", $"must be that of an experiment; \"{name}\" is not")]);

    private ExperimentReport Report(StoredExperiment stored) => ArmMeasures.Report(stored.Run, CountsOf(stored.Run));

    private static ModelView View(ModelRegistry models)
    {
        Dictionary<string, string> refused = [];
        foreach ((string version, string reason) in models.Silos.SelectMany(s => s.Refused)
            .Concat(models.Versions.Where(v => v.RefusedBecause is not null).Select(v => KeyValuePair.Create(v.Version, v.RefusedBecause!))))
        {
            refused.TryAdd(version, reason);
        }

        return new(models.Assignment.Active, refused);
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (!_isStale)
        {
            return;
        }

        _board = await store.ReadAsync(cancellationToken);
        _counts.Clear();
        foreach (StoredExperiment stored in _board.Experiments)
        {
            _counts[stored.Run.Salt] = JsonSerializer.Deserialize<StageCounts>(stored.Counts)!;
        }

        _isStale = false;
        ShowRunning();
    }

    private async Task WriteAsync(
        IReadOnlyList<ExperimentRun> put, IReadOnlyList<string> remove, CancellationToken cancellationToken, SiloCounts? report = null)
    {
        Dictionary<string, long> reports = new(_board.Reports);
        if (report is not null)
        {
            reports[report.Silo] = report.Number;
        }

        StoredExperiment[] stored = [.. put.Select(r => new StoredExperiment(r, JsonSerializer.Serialize(_counts.GetValueOrDefault(r.Salt, new StageCounts()))))];

        // A write that fails may have been stored all the same: then what is there is read again.
        _isStale = true;
        if (!await store.TryWriteAsync(new(_board.Revision, reports) { Put = stored, Remove = remove }, cancellationToken))
        {
            throw new StoreUnavailableException("The experiments were changed by another silo at the same time.");
        }

        Apply(stored, remove, reports);
    }

    /// <summary>Takes what was stored over into memory, without reading it back.</summary>
    private void Apply(StoredExperiment[] stored, IReadOnlyList<string> remove, Dictionary<string, long> reports)
    {
        HashSet<string> replaced = [.. stored.Select(s => s.Run.Experiment.Name), .. remove];
        StoredExperiment[] kept = [.. _board.Experiments.Where(e => !replaced.Contains(e.Run.Experiment.Name)), .. stored];
        _board = new(_board.Revision + 1, reports, [.. kept.OrderByDescending(e => e.Run.StartedAt).ThenByDescending(e => e.Run.Experiment.Name, StringComparer.Ordinal)]);
        HashSet<string> salts = [.. _board.Experiments.Select(e => e.Run.Salt)];
        foreach (string gone in _counts.Keys.Where(s => !salts.Contains(s)).ToArray())
        {
            _counts.Remove(gone);
        }

        foreach (string salt in salts)
        {
            _counts.TryAdd(salt, new StageCounts());
        }

        _isStale = false;
        ShowRunning();
    }

    private void ShowRunning() => gauges.Show([.. _board.Experiments.Where(e => e.Run.IsRunning).Select(Report)]);

    [LoggerMessage(Level = LogLevel.Information, Message = "The experiment {Name} ({Mode}) has started")]
    private partial void LogStarted(string name, ExperimentMode mode);

    [LoggerMessage(EventId = 330, Level = LogLevel.Information, Message = "The experiment {Name} went from {Before} to {After}, stage {Stage}: {Reason}")]
    private partial void LogMoved(string name, ExperimentStatus before, ExperimentStatus after, int stage, string? reason);
}
