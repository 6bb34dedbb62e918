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
/// <remarks>
/// <see cref="ExperimentTransition"/> decides. <see cref="ExperimentCommands"/> and <see cref="ExperimentProgress"/> store what is decided before it is
/// acted on.
/// </remarks>
public sealed class ExperimentsGrain : Grain, IExperimentsGrain, ISiloExperimentsGrain, IClickHoursGrain, IIncomingGrainCallFilter
{
    private readonly string _task;
    private readonly double _baselineShare;
    private readonly ExperimentGauges _gauges;
    private readonly ExperimentLedger _ledger;
    private readonly ExperimentCommands _commands;
    private readonly ExperimentProgress _progress;

    public ExperimentsGrain(
        IExperimentStore store, ShopSchema shop, IOptions<ExperimentOptions> options, ExperimentGauges gauges, IGrainFactory grains, TimeProvider time, ILogger<ExperimentsGrain> logger)
    {
        IModelRegistryGrain registry = grains.GetGrain<IModelRegistryGrain>(0);
        _task = shop.Features.Tasks[0].Name;
        _baselineShare = options.Value.BaselineShare;
        _gauges = gauges;
        _ledger = new(store, options.Value.Keep, running => gauges.Show([.. running]));
        _commands = new(_ledger, options.Value, registry, time, logger);
        _progress = new(_ledger, _task, registry, time, logger);
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => _ledger.RefreshAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _gauges.Show([]);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType == typeof(ISiloExperimentsGrain) && RegistryCallers.IsOutside(context.SourceId)
            ? throw new InvalidInputException([new("silo", "must be a silo of the cluster that reports for itself")])
            : context.Invoke();

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExperimentReport>> GetAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ExperimentReport>>([.. _ledger.Runs.Select(_ledger.Report)]);

    /// <inheritdoc/>
    public Task<ExperimentReport?> GetAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_ledger.Find(name) is { } found ? _ledger.Report(found) : null);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string>> GetWaitingAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyDictionary<string, string>>(
        _ledger.Runs.Where(r => r.Status == ExperimentStatus.Waiting).ToDictionary(r => r.Experiment.Arms[0].Version!, r => r.Reason!));

    /// <inheritdoc/>
    public Task<ActiveQuality?> GetActiveQualityAsync(long leastItems, CancellationToken cancellationToken) => Task.FromResult(_progress.Baseline.Quality(leastItems));

    /// <inheritdoc/>
    public Task<ClickHours?> GetClickHoursAsync(CancellationToken cancellationToken) => Task.FromResult(
        _progress.Baseline is { Version: { } version } baseline ? new ClickHours(version, _task, _baselineShare, baseline.Clicks()) : null);

    /// <inheritdoc/>
    public Task PutAsync(Experiment experiment, CancellationToken cancellationToken) => _commands.PutAsync(experiment, cancellationToken);

    /// <inheritdoc/>
    public Task RollOutAsync(string version, CancellationToken cancellationToken) => _commands.RollOutAsync(version, cancellationToken);

    /// <inheritdoc/>
    public async Task PromoteAsync(string name, string? arm, CancellationToken cancellationToken)
    {
        await _commands.PromoteAsync(name, arm, cancellationToken);
        await _progress.ActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(string name, CancellationToken cancellationToken) => _commands.StopAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => _commands.DeleteAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ExperimentRun>> ReportAsync(SiloCounts report, CancellationToken cancellationToken) => _progress.ReportAsync(report, cancellationToken);
}
