using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Experiments;

/// <summary>Moves the experiments on by what silos have counted. For one grain.</summary>
/// <param name="ledger">The experiments.</param>
/// <param name="task">The name of the first task.</param>
/// <param name="registry">The model registry.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Takes a line for each experiment that goes to another status or stage.</param>
internal sealed partial class ExperimentProgress(ExperimentLedger ledger, string task, IModelRegistryGrain registry, TimeProvider time, ILogger logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>How well the active version does for users who are in no experiment.</summary>
    public ActiveBaseline Baseline { get; } = new();

    /// <inheritdoc cref="ISiloExperimentsGrain.ReportAsync"/>
    public async Task<IReadOnlyList<ExperimentRun>> ReportAsync(SiloCounts report, CancellationToken cancellationToken)
    {
        await ledger.RefreshAsync(cancellationToken);
        foreach (CountedArm ofActive in report.Counts.Where(c => c.Salt.StartsWith(ActiveBaseline.SaltPrefix, StringComparison.Ordinal)))
        {
            Baseline.Add(ofActive, task);
        }

        ExperimentRun[] open = ledger.Open;
        if (open.Length == 0 && !ledger.Concerns(report) && !ledger.HasSurplus)
        {
            return [];
        }

        var models = ModelView.From(await registry.GetAsync(cancellationToken));
        HashSet<string> counted = ledger.Add(report);
        ExperimentRun[] next = Next(open, models);
        ExperimentRun[] changed = [.. next.Where((r, i) => r != open[i] || counted.Contains(r.Salt)), .. ledger.Runs.Where(r => r.HasEnded && counted.Contains(r.Salt))];
        if (changed.Length > 0 || ledger.HasSurplus)
        {
            await ledger.WriteAsync(changed, [], report, cancellationToken);
            foreach ((ExperimentRun before, ExperimentRun after) in open.Zip(next).Where(p => p.First.Status != p.Second.Status || p.First.Stage != p.Second.Stage))
            {
                string reason = after.Reason ?? (before.IsRunning ? "the stage before it is over" : "its users are free");
                LogMoved(after.Experiment.Name, before.Status, after.Status, after.Stage, reason);
            }
        }

        await ActivateAsync(cancellationToken);
        return ledger.Running;
    }

    /// <summary>Has the registry move to the versions of arms that take over. Asked again until it has.</summary>
    public async Task ActivateAsync(CancellationToken cancellationToken)
    {
        foreach (ExperimentRun run in ledger.Running.Where(r => r.Status == ExperimentStatus.Promoting))
        {
            string version = run.Experiment.Arms.Single(a => a.Name == run.Winner).Version!;
            ModelAssignment assignment = (await registry.GetAsync(cancellationToken)).Assignment;
            if (assignment.Active != version && assignment.Target != version)
            {
                await registry.ActivateAsync(version, cancellationToken);
            }
        }
    }

    /// <summary>Experiments after a look at what was measured. A roll-out that waits gets the users of what ended in the same look.</summary>
    private ExperimentRun[] Next(ExperimentRun[] open, ModelView models)
    {
        DateTimeOffset now = time.GetUtcNow();
        ExperimentRun[] next = [.. open.Select(r => ExperimentTransition.Next(r, ledger.CountsOf(r), models, task, now))];
        return [.. next.Select(r => r.Status == ExperimentStatus.Waiting ? WaitingRollOut.Next(r, next, models, now) : r)];
    }
}
