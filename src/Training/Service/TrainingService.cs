using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Trainings;
using DinOrleans.Model.Schema;
using DinOrleans.Storage;
using DinOrleans.Training.Service.Attempts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Training.Service;

/// <summary>
/// Asks the cluster for trainings and works on them one after another, and asks for one itself when its triggers say so. What fails here is told to
/// the cluster, and leaves serving as it is.
/// </summary>
internal sealed partial class TrainingService(
    IGrainFactory grains,
    TrainingAttempt attempt,
    WorkFolders folders,
    PositiveCount positives,
    TrainingStart start,
    TrainingWorker worker,
    IOptions<TrainingOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<TrainingService> logger) : BackgroundService
{
    private readonly TrainingTriggers _triggers = new(options.Value);
    private readonly RepeatedFailures _failures = new(time);
    private readonly RepeatedFailures _leftOvers = new(time);
    private readonly ILogger _logger = logger;

    /// <summary>True where folders of trainings that are over may lie there, as at the start: a process before this one may have been killed.</summary>
    private bool _mayHaveLeftOvers = true;

    private ITrainingGrain Trainings => grains.GetGrain<ITrainingGrain>(0);

    private IExperimentsGrain Experiments => grains.GetGrain<IExperimentsGrain>(0);

    private ITrainingWorkGrain Work => grains.GetGrain<ITrainingWorkGrain>(0);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        // A silo in this process may stop before this service is told to: the host says first that all of it stops.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await start.WaitAsync(stopping.Token).ConfigureAwait(false);
            using var timer = new PeriodicTimer(options.Value.AskEvery, time);
            do
            {
                await TryAskAsync(stopping.Token).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private async Task TryAskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(cancellationToken).ConfigureAwait(false);
            if (_failures.HaveEnded(out int failures))
            {
                LogAnswers(failures);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (_failures.ShouldLog(out int unlogged))
            {
                LogNoAnswer(e, unlogged);
            }
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        await RemoveLeftOversAsync(cancellationToken).ConfigureAwait(false);
        TrainingAssignment assignment = await Work.TakeAsync(worker, cancellationToken).ConfigureAwait(false);
        if (assignment.Training is { } training)
        {
            _mayHaveLeftOvers = true;
            await WorkAsync(assignment, training, cancellationToken).ConfigureAwait(false);
            await RemoveLeftOversAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (assignment.Past.IsIdle)
        {
            await TriggerAsync(assignment, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the folders of trainings that are over. Those that cannot be removed now are tried again, and keep no training waiting.</summary>
    private async Task RemoveLeftOversAsync(CancellationToken cancellationToken)
    {
        if (!_mayHaveLeftOvers)
        {
            return;
        }

        try
        {
            await folders.RemoveOverAsync(async id => await Trainings.GetAsync(id, cancellationToken).ConfigureAwait(false) is null or { EndedAt: not null }).ConfigureAwait(false);
            _mayHaveLeftOvers = false;
            _leftOvers.HaveEnded(out _);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_leftOvers.ShouldLog(out int unlogged))
            {
                LogLeftOvers(e, unlogged);
            }
        }
    }

    private async Task TriggerAsync(TrainingAssignment assignment, CancellationToken cancellationToken)
    {
        ModelRegistry registry = await grains.GetGrain<IModelRegistryGrain>(0).GetAsync(cancellationToken).ConfigureAwait(false);
        ActiveQuality? quality = await Experiments.GetActiveQualityAsync(options.Value.LogLossItems, cancellationToken).ConfigureAwait(false);
        var facts = new TriggerFacts(assignment.Past, registry.Versions.Count == 0 ? null : registry.Versions.Max(v => v.PublishedAt), 0, time.GetUtcNow())
        {
            Quality = quality?.Version == registry.Assignment.Active ? quality : null,
        };
        if (_triggers.NeedsPositives(facts))
        {
            facts = facts with
            {
                NewPositives = await positives.SinceAsync(FeatureSchema.Parse(assignment.Schema), facts.CountFrom, cancellationToken).ConfigureAwait(false),
            };
        }

        // What a version does that is still on its way to the users is not known yet, and the next one would take its place.
        if (_triggers.Decide(facts) is { } request && !await IsRollingOutAsync(cancellationToken).ConfigureAwait(false))
        {
            await Trainings.StartAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsRollingOutAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ExperimentReport> experiments = await Experiments.GetAllAsync(cancellationToken).ConfigureAwait(false);
        return experiments.Any(e => e.Run is { HasEnded: false, Experiment.Promotes: true });
    }

    private async Task WorkAsync(TrainingAssignment assignment, TrainingInfo training, CancellationToken cancellationToken)
    {
        var reports = new AttemptReports(Work, training, time, _logger);
        await using (reports.ConfigureAwait(false))
        {
            reports.Start();
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, reports.Lost);
            WorkFolder folder = folders.Of(training.Id);
            try
            {
                await attempt.RunAsync(assignment, folder, reports, ending.Token).ConfigureAwait(false);
            }
            catch (Exception) when (reports.Lost.IsCancellationRequested)
            {
                LogLost(training.Id);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                await GiveBackAsync(reports, training.Id).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                LogFailed(ServiceErrors.IsForPeople(e) ? LogLevel.Debug : LogLevel.Error, e, training.Id);
                await reports.TellAsync(r => r with { State = TrainingState.Failed, Error = Reason(e) }, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What the cluster is told of a failure. An unforeseen one is named by its type, and this process's log has all of it.</summary>
    private static string Reason(Exception error) => ServiceErrors.IsForPeople(error) ? error.Message : $"{error.GetType().Name}: {error.Message}";

    /// <summary>At a stop, so that another service need not wait for the silence of this one. A silo in this process may have stopped by now.</summary>
    private async Task GiveBackAsync(AttemptReports reports, string training)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        try
        {
            await reports.TellAsync(r => r with { State = TrainingState.Waiting }, limit.Token).ConfigureAwait(false);
            LogGivenBack(training);
        }
        catch (Exception e)
        {
            // Whatever it is, the process ends; the training is taken from it in time.
            LogNotGivenBack(e, training);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster does not answer the training service, which asks again. {Unlogged} more failures since the last one logged")]
    private partial void LogNoAnswer(Exception error, int unlogged);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cluster answers the training service again after {Failures} failures")]
    private partial void LogAnswers(int failures);

    [LoggerMessage(Message = "Training {Training} failed")]
    private partial void LogFailed(LogLevel level, Exception error, string training);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Training {Training} is another service's by now, and is stopped here")]
    private partial void LogLost(string training);

    [LoggerMessage(Level = LogLevel.Information, Message = "Training {Training} was given back at the stop, with a checkpoint to go on from")]
    private partial void LogGivenBack(string training);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Training {Training} could not be given back at the stop")]
    private partial void LogNotGivenBack(Exception error, string training);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folders of trainings that are over cannot be removed, and are tried again. {Unlogged} more failures since the last one logged")]
    private partial void LogLeftOvers(Exception error, int unlogged);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The training service stopped")]
    private partial void LogStopped();
}
