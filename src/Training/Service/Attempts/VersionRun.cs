using DinOrleans.Contracts.Trainings;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Log;
using DinOrleans.Training.Service.Gates;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Training.Service.Attempts;

/// <summary>Plans a training by the settings, and trains its version from the log, or from where an earlier attempt was.</summary>
internal sealed partial class VersionRun(
    LogSize size,
    IArtifactStore artifacts,
    VersionPublisher publisher,
    IOptions<TrainingOptions> options,
    IOptions<GateOptions> gates,
    TimeProvider time,
    ILogger<VersionRun> logger)
{
    private readonly TrainingOptions _options = options.Value;
    private readonly ILogger _logger = logger;

    /// <summary>Decides what a training reads and starts from.</summary>
    public async Task<TrainingPlan> PlanAsync(TrainingInfo training, FeatureSchema schema, TrainingPast past, CancellationToken cancellationToken)
    {
        DateTimeOffset? from = _options.MaxAge is { } age ? time.GetUtcNow() - age : null;
        from = await size.StartAsync(schema, new(AttributionWindow, from), _options.MaxEvents, cancellationToken).ConfigureAwait(false);
        bool isFresh = training.FreshWeights || !_options.WarmStart || past.SinceFresh >= _options.FreshEvery;
        string? active = isFresh ? null : await publisher.ActiveAsync(cancellationToken).ConfigureAwait(false);
        return new(from, active is not null && await CanStartFromAsync(active, schema, cancellationToken).ConfigureAwait(false) ? active : null);
    }

    /// <summary>The part of the log that a training reads.</summary>
    public LogWindow Window(TrainingPlan plan) => new(AttributionWindow, plan.From);

    /// <summary>What a version is trained with.</summary>
    public async Task<VersionOptions> OptionsAsync(TrainingInfo training, TrainingPlan plan, CancellationToken cancellationToken)
    {
        VersionOptions version = _options.Version();
        return version with
        {
            Samples = version.Samples with { TestShare = gates.Value.Share },
            Trainer = version.Trainer with { Threads = Threads(training) },
            WarmStart = plan.StartFrom is { } start ? await artifacts.OpenAsync(start, cancellationToken).ConfigureAwait(false) : null,
        };
    }

    /// <summary>Trains a version.</summary>
    /// <returns>The version, and how its training went from its first attempt on.</returns>
    public Task<TrainedVersion> TrainAsync(
        TrainingInfo training, TrainingLog log, VersionOptions version, WorkFolder folder, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        string own = folder.StartAttempt(training.Attempt);
        return LowPriority.RunAsync(Niceness(training), () =>
        {
            var checkpoint = new CheckpointOptions(own) { FollowsLog = true };
            if (!checkpoint.HasCheckpoint)
            {
                return Train(checkpoint);
            }

            try
            {
                return Train(checkpoint with { Resume = true });
            }
            catch (CheckpointException e)
            {
                // Settings may have changed meanwhile.
                LogStartsOver(e);
                File.Delete(checkpoint.File);
                return Train(checkpoint);
            }
        });

        // On this thread up to the threads that train, which inherit its priority.
        TrainedVersion Train(CheckpointOptions checkpoint) => VersionTrainer.TrainAsync(
            log, version with { Checkpoint = checkpoint }, folder.Versions, time, progress, cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>By how much a training stands back for others, 0 to 19.</summary>
    public int Niceness(TrainingInfo training) => IsFirst(training) ? 0 : _options.Niceness;

    private TimeSpan AttributionWindow => _options.Version().Samples.AttributionWindow;

    /// <summary>True for a training that need not stand back, as rankings are by popularity until it is done.</summary>
    private static bool IsFirst(TrainingInfo training) => training.Trigger == TrainingTrigger.FirstStart;

    private int Threads(TrainingInfo training) =>
        _options.Threads ?? (IsFirst(training) ? Environment.ProcessorCount : Math.Max(1, Environment.ProcessorCount / 2));

    private async Task<bool> CanStartFromAsync(string active, FeatureSchema schema, CancellationToken cancellationToken)
    {
        try
        {
            using var artifact = Artifact.Open(await artifacts.OpenAsync(active, cancellationToken).ConfigureAwait(false));
            WarmStart.Require(artifact, schema, _options.Version());
            return true;
        }
        catch (Exception e) when (e is ArtifactException or VersionNotFoundException)
        {
            LogFresh(active, e.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The checkpoint of the attempt before cannot be used, and training starts over")]
    private partial void LogStartsOver(Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Training starts from fresh weights: {Reason} (active version {Version})")]
    private partial void LogFresh(string version, string reason);
}
