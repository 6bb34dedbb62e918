using System.Security.Cryptography;
using System.Text.Json;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Experiments;

/// <summary>Carries out what people, and the services that act for them, ask of the experiments. For one grain.</summary>
/// <param name="ledger">The experiments.</param>
/// <param name="options">How new versions are rolled out.</param>
/// <param name="registry">The model registry.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Takes a line for each experiment that starts or waits.</param>
internal sealed partial class ExperimentCommands(ExperimentLedger ledger, ExperimentOptions options, IModelRegistryGrain registry, TimeProvider time, ILogger logger)
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc cref="IExperimentsGrain.PutAsync"/>
    public async Task PutAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        ExperimentRules.Check(experiment).ThrowIfAny();
        ExperimentChecks.CheckName(experiment);
        ModelRegistry models = await registry.GetAsync(cancellationToken);
        ExperimentChecks.CheckVersions(experiment, models);
        await ledger.RefreshAsync(cancellationToken);
        ExperimentRun? same = ledger.Find(experiment.Name);
        if (same is { IsRunning: true } && JsonSerializer.Serialize(same.Experiment) == JsonSerializer.Serialize(experiment))
        {
            return;
        }

        ExperimentChecks.CheckOthers(experiment, ledger.Runs);
        await StartAsync(experiment, models, waitsBecause: null, [], cancellationToken);
    }

    /// <inheritdoc cref="IExperimentsGrain.RollOutAsync"/>
    public async Task RollOutAsync(string version, CancellationToken cancellationToken)
    {
        ModelRegistry models = await registry.GetAsync(cancellationToken);
        if (options.RollOut == RollOutMode.Immediate || models.Assignment.Active is null)
        {
            await registry.PublishAsync(version, cancellationToken);
            return;
        }

        await registry.RecordAsync(version, cancellationToken);
        models = await registry.GetAsync(cancellationToken);
        Experiment experiment = options.RollOutOf(RollOuts.NameOf(version), version);
        ExperimentChecks.CheckVersions(experiment, models);
        await ledger.RefreshAsync(cancellationToken);
        if (models.Assignment.Active == version || ledger.Find(experiment.Name) is { HasEnded: false })
        {
            return;
        }

        // A newer version takes the place of one that is being rolled out; what people set up stays, and keeps its users.
        ExperimentRun[] superseded = [.. ledger.Open.Where(r => RollOuts.IsOne(r.Experiment))];
        await StartAsync(
            experiment,
            models,
            WaitingRollOut.Reason(experiment, ledger.Runs.Except(superseded)),
            [.. superseded.Select(r => ExperimentTransition.End(r, ExperimentStatus.Stopped, $"version {version} is rolled out instead", time.GetUtcNow()))],
            cancellationToken);
    }

    /// <inheritdoc cref="IExperimentsGrain.PromoteAsync"/>
    public async Task PromoteAsync(string name, string? arm, CancellationToken cancellationToken)
    {
        await ledger.RefreshAsync(cancellationToken);
        ExperimentRun run = ledger.Require(name);
        ExperimentArm winner = ExperimentChecks.Winner(run, arm);
        if (run.Status == ExperimentStatus.Promoting && run.Winner == winner.Name)
        {
            return;
        }

        await ledger.WriteAsync([ExperimentTransition.Promote(run, winner.Name, "promoted by hand")], [], report: null, cancellationToken);
    }

    /// <inheritdoc cref="IExperimentsGrain.StopAsync"/>
    public async Task StopAsync(string name, CancellationToken cancellationToken)
    {
        await ledger.RefreshAsync(cancellationToken);
        ExperimentRun run = ledger.Require(name);
        if (!run.HasEnded)
        {
            await ledger.WriteAsync([ExperimentTransition.End(run, ExperimentStatus.Stopped, "stopped by hand", time.GetUtcNow())], [], report: null, cancellationToken);
        }
    }

    /// <inheritdoc cref="IExperimentsGrain.DeleteAsync"/>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await ledger.RefreshAsync(cancellationToken);
        if (ledger.Find(name) is not { } found)
        {
            return;
        }

        if (!found.HasEnded)
        {
            throw new ConflictException("name", $"must be that of an experiment that has ended; \"{name}\" {(found.IsRunning ? "is running" : "waits")}");
        }

        await ledger.WriteAsync([], [name], report: null, cancellationToken);
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
        await ledger.WriteAsync([run, .. others], [], report: null, cancellationToken);
        if (waitsBecause is null)
        {
            LogStarted(experiment.Name, experiment.Mode);
        }
        else
        {
            LogWaits(experiment.Name, waitsBecause);
        }
    }
}
