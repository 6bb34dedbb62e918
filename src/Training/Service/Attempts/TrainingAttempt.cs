using DinOrleans.Contracts.Trainings;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Training.Log;
using DinOrleans.Training.Service.Gates;
using DinOrleans.Training.Versions;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Training.Service.Attempts;

/// <summary>Takes a training from the log to a published version, or to the reason why there is none.</summary>
internal sealed partial class TrainingAttempt(
    TrainingLogReader log,
    VersionRun run,
    GateMeasures gates,
    IArtifactStore artifacts,
    VersionPublisher publisher,
    IEnumerable<ITrainingListener> listeners,
    TimeProvider time,
    ILogger<TrainingAttempt> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Works on a training until its version is published or rejected.</summary>
    /// <param name="order">The training and the shop's schema.</param>
    /// <param name="folder">What earlier attempts left, and later ones find.</param>
    /// <param name="reports">Tells the cluster.</param>
    /// <param name="cancellationToken">Ends the attempt between two steps. Its checkpoint is saved then.</param>
    /// <exception cref="OperationCanceledException">The attempt was ended, or the training is another's by now.</exception>
    public async Task RunAsync(TrainingAssignment order, WorkFolder folder, AttemptReports reports, CancellationToken cancellationToken)
    {
        TrainingInfo training = order.Training!;
        var schema = FeatureSchema.Parse(order.Schema);
        TrainingPlan plan = folder.ReadPlan() ?? await run.PlanAsync(training, schema, order.Past, cancellationToken).ConfigureAwait(false);
        folder.Write(plan);
        DateTimeOffset until = time.GetUtcNow();
        TrainingLog data = await log.ReadAsync(schema, run.Window(plan), cancellationToken).ConfigureAwait(false);
        foreach (UnreadableNumbers unreadable in data.Unreadable)
        {
            LogUnreadable(unreadable);
        }

        VersionOptions options = await run.OptionsAsync(training, plan, cancellationToken).ConfigureAwait(false);
        await TellAsync(reports, r => r with { DataUntil = until, StartedFrom = plan.StartFrom }, cancellationToken).ConfigureAwait(false);
        string trained = folder.TrainedVersion() ?? await TrainAsync(training, data, options, folder, reports, cancellationToken).ConfigureAwait(false);
        string version = await artifacts.ImportAsync(trained, cancellationToken).ConfigureAwait(false);
        await TellAsync(reports, r => r with { State = TrainingState.Gating, Version = version }, cancellationToken).ConfigureAwait(false);
        string? active = await publisher.ActiveAsync(cancellationToken).ConfigureAwait(false);
        GateResult[] results = [.. await gates.MeasureAsync(version, active, data, options, run.Niceness(training), cancellationToken).ConfigureAwait(false)];
        await TellAsync(reports, r => r with { Gates = results }, cancellationToken).ConfigureAwait(false);
        await EndAsync(version, results, reports, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> TrainAsync(
        TrainingInfo training, TrainingLog data, VersionOptions options, WorkFolder folder, AttemptReports reports, CancellationToken cancellationToken)
    {
        foreach (ITrainingListener listener in listeners)
        {
            listener.Begins(training, data);
        }

        var progress = new Progress(training, reports, listeners);
        TrainedVersion trained = await run.TrainAsync(training, data, options, folder, progress, cancellationToken).ConfigureAwait(false);

        // An attempt that was killed may have saved an epoch that it had not told of yet.
        reports.Complete(trained.Outcome.Epochs);
        return trained.Folder;
    }

    private async Task EndAsync(string version, GateResult[] results, AttemptReports reports, CancellationToken cancellationToken)
    {
        if (GateRules.Reason(results) is { } reason)
        {
            await TellAsync(reports, r => r with { State = TrainingState.Rejected, Error = reason }, cancellationToken).ConfigureAwait(false);
            await artifacts.RemoveAsync(version, cancellationToken).ConfigureAwait(false);
            return;
        }

        await publisher.PublishAsync(version, cancellationToken).ConfigureAwait(false);
        await TellAsync(reports, r => r with { State = TrainingState.Published }, cancellationToken).ConfigureAwait(false);
    }

    private static async Task TellAsync(AttemptReports reports, Func<TrainingReport, TrainingReport> change, CancellationToken cancellationToken)
    {
        if (!await reports.TellAsync(change, cancellationToken).ConfigureAwait(false))
        {
            throw new OperationCanceledException("The training is another service's by now.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Unreadable}")]
    private partial void LogUnreadable(UnreadableNumbers unreadable);

    private sealed class Progress(TrainingInfo training, AttemptReports reports, IEnumerable<ITrainingListener> listeners) : IProgress<Trainer.TrainingProgress>
    {
        public void Report(Trainer.TrainingProgress value)
        {
            reports.Report(value);
            foreach (ITrainingListener listener in listeners)
            {
                listener.Progresses(training, value);
            }
        }
    }
}
