using DinOrleans.Model.Validation;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Network;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Torch.NativeLibraries;

namespace DinOrleans.Training.Trainer;

/// <summary>Trains a network for several epochs and keeps its best weights.</summary>
public sealed class RankingTrainer
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);

    private readonly RankingNetwork _network;
    private readonly TrainerOptions _options;
    private readonly TimeProvider _time;
    private readonly TrainingStep _step;

    /// <param name="network">The network, which is trained in place. It stays the caller's.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="time">Measures the speed.</param>
    /// <exception cref="InvalidContentException">The options break a rule.</exception>
    public RankingTrainer(RankingNetwork network, TrainerOptions options, TimeProvider time)
    {
        _network = network;
        _options = options;
        _time = time;
        _step = new TrainingStep(network, options);
    }

    /// <summary>
    /// Trains on the calling thread until the epochs are done or validation stops improving. The network then has its best weights.
    /// </summary>
    /// <param name="data">The batches.</param>
    /// <param name="progress">Receives a report a few times per second and at the end of each epoch. May be null.</param>
    /// <param name="cancellationToken">Stops between steps. The network and the checkpoint then have the weights of the last step.</param>
    /// <param name="checkpoint">The checkpoint to which training is saved at the end of each epoch, and from which it resumes if its options say so. Null to save nothing.</param>
    /// <exception cref="TrainingDivergedException">
    /// The loss, a gradient, a weight or a score in validation became NaN or infinite. No checkpoint has that state.
    /// </exception>
    /// <exception cref="InvalidContentException">There is nothing to train on.</exception>
    /// <exception cref="CheckpointException">
    /// The checkpoint to resume is missing, damaged or of another training, or there is a checkpoint although training is not to resume.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TrainingOutcome Fit(
        ITrainingData data, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken, TrainingCheckpoint? checkpoint = null)
    {
        TorchThreads.Use(_options.Threads);
        using var memory = StepMemory.Keep();
        using var threads = new OwnThreads(_options.ThreadCount);
        var run = new TrainingRun(_network, _options);
        checkpoint?.Start(reader => Load(reader, run));
        _step.Threads = threads;
        try
        {
            while (!run.IsFinished)
            {
                RunEpoch(data, run, progress, checkpoint, cancellationToken);
                Save(checkpoint, run, secondsOfEpoch: 0);
            }
        }
        catch (TrainingDivergedException e)
        {
            throw new TrainingDivergedException($"{e.Message} {Advice(checkpoint?.Kept)}", e);
        }
        finally
        {
            _step.Threads = null;
        }

        return run.Finish();
    }

    private void RunEpoch(
        ITrainingData data, TrainingRun run, IProgress<TrainingProgress>? progress, TrainingCheckpoint? checkpoint, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        long reported = start;
        int epoch = run.Epoch;
        double Seconds() => run.EarlierSeconds + _time.GetElapsedTime(start).TotalSeconds;
        TrainingProgress Now(RankingEvaluation? validation, double seconds) => new(
            epoch, _options.Epochs, run.Steps, data.StepsPerEpoch, run.Samples / Math.Max(seconds, 1e-9), run.Loss, validation);

        _step.GoOn(epoch, run.Steps);
        try
        {
            foreach (RankingBatch batch in data.Epoch(epoch).Skip(run.Steps))
            {
                cancellationToken.ThrowIfCancellationRequested();
                run.CompleteStep(_step.Run(batch, epoch), batch.Candidates.Count(c => c >= 0));
                if (checkpoint?.IsDue(_step.Count) == true)
                {
                    Save(checkpoint, run, Seconds());
                }

                if (_time.GetElapsedTime(reported) >= ReportInterval)
                {
                    reported = _time.GetTimestamp();
                    progress?.Report(Now(null, Seconds()));
                }
            }

            if (run.Steps == 0)
            {
                throw new InvalidContentException($"There is no batch to train on in epoch {epoch}.");
            }

            // Checked before the weights are measured, kept as the best or saved: a comparison of scores does not notice a NaN.
            _step.RequireFiniteWeights();
            double seconds = Seconds();
            TrainingProgress done = Now(RankingEvaluator.Evaluate(_network, data.Validation(), cancellationToken), seconds);
            progress?.Report(done with { EndsEpoch = true });
            run.CompleteEpoch(new(epoch, done.Loss, done.SamplesPerSecond, done.Validation));
        }
        catch (OperationCanceledException) when (checkpoint is not null)
        {
            Save(checkpoint, run, Seconds());
            throw;
        }
    }

    /// <param name="kept">The file of the earlier checkpoint. Null where there is none.</param>
    private string Advice(string? kept)
    {
        string gentler = _options.ClipNorm is null ? "a lower learningRate, or with a clipNorm" : "a lower learningRate or clipNorm";
        return kept is null
            ? $"Start a new training with {gentler}."
            : $"{kept} is kept as it was before that, but goes on with the same options only and would diverge again: start a new training in another "
                + $"folder, with {gentler}, from fresh weights or with --warm-start from those of an earlier version.";
    }

    private void Save(TrainingCheckpoint? checkpoint, TrainingRun run, double secondsOfEpoch)
    {
        if (checkpoint is null)
        {
            return;
        }

        _step.RequireFiniteWeights();
        checkpoint.Save(writer =>
        {
            run.Save(writer, secondsOfEpoch);
            _network.Save(writer);
            _step.Save(writer);
        });
    }

    private void Load(CheckpointReader reader, TrainingRun run)
    {
        run.Load(reader);
        _network.Load(reader);
        _step.Load(reader);
    }
}
