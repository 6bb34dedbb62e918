using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Experiments;
using DinOrleans.Storage.Registry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Models;

/// <inheritdoc cref="IModelRegistryGrain"/>
/// <remarks>Everything that callers are told is in the store. <see cref="Activation"/> decides, and this grain stores the decisions.</remarks>
public sealed partial class ModelRegistryGrain(
    IRegistryStore store,
    IExperimentStore experiments,
    IArtifactStore artifacts,
    VersionDescriptions descriptions,
    ISiloStatusOracle silos,
    IOptions<ModelOptions> options,
    TimeProvider time,
    ILogger<ModelRegistryGrain> logger) : Grain, IModelRegistryGrain, ISiloModelsGrain, IIncomingGrainCallFilter
{
    private static readonly TimeSpan RemovalPeriod = TimeSpan.FromMinutes(1);

    /// <summary>How long the removals of a period may hold up the silos' reports. What is left is removed in a later period.</summary>
    private static readonly TimeSpan RemovalTime = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, SiloModels> _reports = [];
    private RegistryState _state = new(0, ModelActivation.None, []);
    private bool _isStale = true;
    private long? _removedAt;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context) => context.InterfaceMethod.DeclaringType == typeof(ISiloModelsGrain) && RegistryCallers.IsOutside(context.SourceId)
        ? throw new InvalidInputException([new("silo", "must be a silo of the cluster that reports for itself")])
        : context.Invoke();

    /// <inheritdoc/>
    public Task<ModelRegistry> GetAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ModelRegistry(Assignment, _state.Versions, [.. _reports.Values.OrderBy(r => r.Silo, StringComparer.Ordinal)]));

    /// <inheritdoc/>
    public async Task PublishAsync(string version, CancellationToken cancellationToken)
    {
        ModelVersionInfo info = await descriptions.ReadAsync(version, cancellationToken);
        await RefreshAsync(cancellationToken);
        await ChooseAsync(info, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RecordAsync(string version, CancellationToken cancellationToken)
    {
        ModelVersionInfo info = await descriptions.ReadAsync(version, cancellationToken);
        await RefreshAsync(cancellationToken);
        await WriteAsync(new(_state.Revision, _state.Activation) { Put = info }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task ActivateAsync(string version, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        ModelVersionInfo known = Find(version)
            ?? throw new InvalidInputException([new("version", $"must be a published version; \"{version}\" is not")]);
        await descriptions.ReadAsync(version, cancellationToken);
        await ChooseAsync(known with { RefusedBecause = null }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ModelAssignment> ReportAsync(SiloModels report, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        Dictionary<SiloAddress, SiloStatus> members = silos.GetApproximateSiloStatuses();
        HashSet<string> joined = [.. members.Where(m => !m.Value.IsTerminating()).Select(m => m.Key.ToParsableString())];
        HashSet<string> alive = [.. members.Where(m => m.Value == SiloStatus.Active).Select(m => m.Key.ToParsableString())];
        if (joined.Contains(report.Silo))
        {
            _reports[report.Silo] = report;
            alive.Add(report.Silo);
        }

        foreach (string gone in _reports.Keys.Except(joined).ToArray())
        {
            _reports.Remove(gone);
        }

        await AdvanceAsync(alive, cancellationToken);
        await RemoveSurplusAsync(cancellationToken);
        return Assignment;
    }

    private ModelAssignment Assignment => new(_state.Activation.Active, _state.Activation.Target, _state.Activation.Retiring);

    private ModelVersionInfo? Find(string version) => _state.Versions.FirstOrDefault(v => v.Version == version);

    private async Task ChooseAsync(ModelVersionInfo version, CancellationToken cancellationToken)
    {
        ModelActivation next = Activation.Choose(_state.Activation, version.Version, time.GetUtcNow());
        await WriteAsync(new(_state.Revision, next) { Put = version }, cancellationToken);
        LogTarget(version.Version);
    }

    private async Task AdvanceAsync(HashSet<string> alive, CancellationToken cancellationToken)
    {
        ModelActivation before = _state.Activation;
        ActivationStep step = Activation.Next(before, _reports.Values, alive, time.GetUtcNow(), options.Value.Patience);
        if (step.State == before)
        {
            return;
        }

        ModelVersionInfo? refused = step.Refusal is { } refusal ? Find(refusal.Version) : null;
        await WriteAsync(
            new(_state.Revision, step.State) { Put = refused is null ? null : refused with { RefusedBecause = step.Refusal!.Reason } }, cancellationToken);
        if (step.Refusal is { } told)
        {
            LogRefused(told.Version, told.Silo, told.Reason);
        }

        if (step.State.Active is { } active && active != before.Active)
        {
            LogActivated(active, alive.Count);
        }
    }

    /// <summary>Removes versions that are not kept. Their folders are removed first, so that no folder is left that the registry does not know.</summary>
    private async Task RemoveSurplusAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> surplus = KeptVersions.Surplus(_state.Versions, _state.Activation, options.Value.Keep);
        if (surplus.Count == 0 || (_removedAt is { } at && time.GetElapsedTime(at) < RemovalPeriod))
        {
            return;
        }

        _removedAt = time.GetTimestamp();
        HashSet<string> needed = await NeededByExperimentsAsync(cancellationToken);
        List<string> removed = [];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RemovalTime);
        foreach (string version in surplus.Where(v => !needed.Contains(v)))
        {
            try
            {
                await artifacts.RemoveAsync(version, limit.Token);
                removed.Add(version);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotRemoved(e, version);
                break;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotRemoved(e, version);
            }
        }

        if (removed.Count > 0)
        {
            await WriteAsync(new(_state.Revision, _state.Activation) { Remove = removed }, cancellationToken);
            removed.ForEach(LogRemoved);
        }
    }

    /// <summary>The versions that an experiment names, and those that it compares with. They are released once the experiment is forgotten.</summary>
    private async Task<HashSet<string>> NeededByExperimentsAsync(CancellationToken cancellationToken)
    {
        ExperimentBoard board = await experiments.ReadAsync(cancellationToken);
        return [.. board.Experiments.Select(e => e.Run).SelectMany(r => r.Experiment.Arms.Select(a => a.Version).Append(r.ChampionVersion)).OfType<string>()];
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_isStale)
        {
            _state = await store.ReadAsync(cancellationToken);
            _isStale = false;
        }
    }

    private async Task WriteAsync(RegistryChange change, CancellationToken cancellationToken)
    {
        // A write that failed may have been stored, and one that was refused was decided on an older state.
        _isStale = true;
        if (!await store.TryWriteAsync(change, cancellationToken))
        {
            throw new StoreUnavailableException("The model registry was changed by another silo at the same time.");
        }

        await RefreshAsync(cancellationToken);
    }
}
