using DinOrleans.Training.Torch;
using DinOrleans.Training.Torch.NativeLibraries;
using DinOrleans.Training.Trainer.Batches;
using DinOrleans.Training.Trainer.Checkpoints;
using DinOrleans.Training.Trainer.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace DinOrleans.Training.Trainer;

/// <summary>Trains a network on batches of rankings.</summary>
/// <remarks>
/// A step is one dispose scope on the calling thread; native memory is flat over steps, which every step checks. Nothing of a
/// training run may be awaited inside it: dispose scopes belong to a thread.
/// </remarks>
public sealed class RankingTrainer
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);

    private readonly RankingNetwork _network;
    private readonly TrainerOptions _options;
    private readonly TimeProvider _time;
    private readonly double[] _taskWeights;
    private readonly StepOptimizer _optimizer;
    private long _step;
    private int _epoch;
    private int _batch;

    /// <param name="network">Trained in place; stays the caller's.</param>
    /// <param name="options">How.</param>
    /// <param name="time">Measures the speed.</param>
    /// <exception cref="InvalidDataException">The options break a rule.</exception>
    public RankingTrainer(RankingNetwork network, TrainerOptions options, TimeProvider time)
    {
        List<string> problems = [.. options.Validate(network.Layout.TaskCount)];
        problems.AddRange(network.Embeddings.Tables
            .Where(t => options.MiniBatchAware && options.EmbeddingL2 > 0 && t.Occurrences is null)
            .Select(t => $"miniBatchAware needs occurrence counts of table {t.Key}"));
        if (problems.Count > 0)
        {
            throw new InvalidDataException("training options: " + string.Join("; ", problems));
        }

        _network = network;
        _options = options;
        _time = time;
        _taskWeights = [.. options.TaskWeights ?? Enumerable.Repeat(1.0, network.Layout.TaskCount)];
        _optimizer = new StepOptimizer(network, options);
    }

    /// <summary>Trains until the epochs are done or validation stops getting better; the network then has its best weights.</summary>
    /// <param name="data">Read on the calling thread.</param>
    /// <param name="progress">Told a few times a second and at each epoch's end; may be null.</param>
    /// <param name="cancellationToken">Stops between steps; the weights are then those of the last step, and so is the checkpoint.</param>
    /// <param name="checkpoint">Resumed from where it says so, and saved at each epoch's end; null for none.</param>
    /// <exception cref="TrainingDivergedException">
    /// The loss, a gradient, a weight or a score in validation became no number or infinite; no checkpoint has been made of that.
    /// </exception>
    /// <exception cref="InvalidDataException">There is nothing to train on.</exception>
    /// <exception cref="CheckpointException">There is none to resume, it is damaged or of another training; or there is one already.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TrainingOutcome Fit(
        ITrainingData data, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken, TrainingCheckpoint? checkpoint = null)
    {
        TorchThreads.Use(_options.Threads);
        using var memory = StepMemory.Keep();
        var run = new TrainingRun(_network, _options);
        checkpoint?.Start(reader => Load(reader, run));
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

        return run.Finish();
    }

    /// <summary><see cref="Fit"/> on a thread of its own.</summary>
    public Task<TrainingOutcome> FitAsync(ITrainingData data, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () => Fit(data, progress, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Learns from one batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="epoch">From 1; decides the learning rate.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="ArgumentException">The batch does not fit its counts, the tables or the tasks.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a gradient is no number or infinite.</exception>
    public float Step(RankingBatch batch, int epoch)
    {
        batch.Check(_taskWeights.Length, _network.Layout.Sequences.Count);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount - _network.Parameters.TensorCount;
        float loss = StepInScope(batch, epoch);
        long leaked = DisposeScopeManager.Statistics.ThreadTotalLiveCount - _network.Parameters.TensorCount - live;
        return leaked == 0 ? loss : throw new InvalidOperationException($"A training step left {leaked} tensors behind.");
    }

    private float StepInScope(RankingBatch batch, int epoch)
    {
        using DisposeScope scope = NewDisposeScope();
        _step++;
        _batch = epoch == _epoch ? _batch + 1 : 1;
        _epoch = epoch;
        _network.HideValues(_options.HiddenShare, _options.Seed, _step);
        if (_network.HasAuxiliaryLoss && batch.NegativeBehaviours is null)
        {
            batch = batch with { NegativeBehaviours = NegativeBehaviours.Draw(batch, _options.Seed, _step) };
        }

        float value;
        try
        {
            if (Learn(batch) is not { } loss)
            {
                return 0;
            }

            value = loss;
            _network.SettleStatistics();
            double norm = _optimizer.Norm();
            if (!float.IsFinite(value) || !double.IsFinite(norm))
            {
                (string name, float largest) = _optimizer.Largest();
                throw new TrainingDivergedException(
                    $"Training diverged at step {_step}: the loss is {value}, the largest gradient {largest} in {name}, in batch {_batch} of epoch "
                    + $"{epoch}, {batch.Rankings} rankings of {batch.CandidateCount} candidates and {batch.HistoryLength} behaviours.");
            }

            _optimizer.Apply(norm, epoch, _step);
        }
        finally
        {
            _optimizer.Clear();
        }

        return value;
    }

    /// <summary>Sums the gradients of a step, part by part: the tensors of one part are gone before those of the next are made.</summary>
    /// <returns>The loss; null where there is nothing to learn.</returns>
    private float? Learn(RankingBatch batch)
    {
        if (_network.LearnsInBatch)
        {
            // Each positive is set against all others, so the step is one part. Its memory is that of rankings × positives, and lists do not enter.
            InBatchLoss inBatch = InBatchLoss.Of(batch);
            if (!inBatch.HasNegatives)
            {
                return null;
            }

            ForwardPass pass = _network.ForwardShared(batch, inBatch.Items);
            return Backward(batch, pass, inBatch.Compute(pass.Outputs.Logits, _taskWeights));
        }

        float[] weights = TrainingLoss.CandidateWeights(batch, _taskWeights);
        BatchPart[] parts = [.. BatchParts.Cut(batch)];
        double auxiliaryBehaviours = parts.Sum(p => (double)NegativeBehaviours.NextCount(p.Batch));
        double loss = 0;
        foreach (RankingBatch part in parts.Select(p => p.Batch))
        {
            using DisposeScope scope = NewDisposeScope();
            ForwardPass pass = _network.Forward(part, training: true);
            Tensor own = TrainingLoss.Compute(pass.Outputs.Logits, part, weights);
            if (pass.Outputs.Auxiliary is { } auxiliary && auxiliaryBehaviours > 0)
            {
                // A mean over behaviours, so that of the step is the parts' means by how many behaviours each is of.
                using Scalar share = NegativeBehaviours.NextCount(part) / auxiliaryBehaviours;
                own = own.add(auxiliary.Value, share);
            }

            loss += Backward(part, pass, own);
        }

        return (float)loss;
    }

    private float Backward(RankingBatch batch, ForwardPass pass, Tensor loss)
    {
        loss.backward();
        _network.CollectRowGradients(batch, pass);
        return loss.item<float>();
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

        (_epoch, _batch) = (epoch, run.Steps);
        try
        {
            foreach (RankingBatch batch in data.Epoch(epoch).Skip(run.Steps))
            {
                cancellationToken.ThrowIfCancellationRequested();
                run.CompleteStep(Step(batch, epoch), batch.Candidates.Count(c => c >= 0));
                if (checkpoint?.IsDue(_step) == true)
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
                throw new InvalidDataException($"There is no batch to train on in epoch {epoch}.");
            }

            // Before they are measured, kept as the best or saved: a comparison of scores takes no notice of one that is no number.
            RequireFiniteWeights();
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

    /// <param name="kept">The checkpoint from before; null where there is none.</param>
    private string Advice(string? kept)
    {
        string gentler = _options.ClipNorm > 0 ? "a lower learningRate or clipNorm" : "a lower learningRate, or with a clipNorm above 0";
        return kept is null
            ? $"Start a new training with {gentler}."
            : $"{kept} is kept as it was before that, but goes on with the same options only and would diverge again: start a new training in another "
                + $"folder, with {gentler}, from fresh weights or with --warm-start from those of an earlier version.";
    }

    /// <exception cref="TrainingDivergedException">A finite gradient has made a weight infinite; the earlier checkpoint stays.</exception>
    private void RequireFiniteWeights()
    {
        if (FiniteWeights.FindBroken(_network) is { } where)
        {
            throw new TrainingDivergedException(
                $"Training diverged by step {_step}, batch {_batch} of epoch {_epoch}: a weight in {where} is no number or infinite.");
        }
    }

    private void Save(TrainingCheckpoint? checkpoint, TrainingRun run, double secondsOfEpoch)
    {
        if (checkpoint is null)
        {
            return;
        }

        RequireFiniteWeights();
        checkpoint.Save(writer =>
        {
            writer.Write("step", _step);
            run.Save(writer, secondsOfEpoch);
            _network.Save(writer);
            _optimizer.Save(writer);
        });
    }

    private void Load(CheckpointReader reader, TrainingRun run)
    {
        _step = reader.Long("step");
        run.Load(reader);
        _network.Load(reader);
        _optimizer.Load(reader);
    }
}
