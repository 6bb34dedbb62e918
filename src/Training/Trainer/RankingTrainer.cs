using DinOrleans.Training.Torch.NativeLibraries;
using DinOrleans.Training.Trainer.Batches;
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
    /// <param name="cancellationToken">Stops between steps; the weights are then those of the last step.</param>
    /// <exception cref="TrainingDivergedException">The loss or a gradient became no number or infinite.</exception>
    /// <exception cref="InvalidDataException">There is nothing to train on.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TrainingOutcome Fit(ITrainingData data, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        // Each thread keeps a number of its own once it has run a parallel operation, so this is the thread to set it on.
        set_num_threads(_options.ThreadCount);
        using var memory = StepMemory.Keep();
        var best = new WeightSnapshot(_network);
        List<EpochResult> epochs = [];
        EpochResult? bestEpoch = null;
        for (int epoch = 1; epoch <= _options.Epochs; epoch++)
        {
            EpochResult result = RunEpoch(data, epoch, progress, cancellationToken);
            epochs.Add(result);
            if (result.Validation is null || bestEpoch is null || result.Validation.Quality > bestEpoch.Validation!.Quality)
            {
                bestEpoch = result;
                best.Capture();
            }
            else if (epoch - bestEpoch.Epoch >= _options.Patience)
            {
                break;
            }
        }

        best.Restore();
        return new(epochs, bestEpoch!, StoppedEarly: epochs.Count < _options.Epochs);
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
        batch.Check(_taskWeights.Length);
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
        if (_network.HasAuxiliaryLoss && batch.NegativeBehaviours is null)
        {
            batch = batch with { NegativeBehaviours = NegativeBehaviours.Draw(batch, _options.Seed, _step) };
        }

        InBatchLoss? inBatch = _network.LearnsInBatch ? InBatchLoss.Of(batch) : null;
        if (inBatch is { HasNegatives: false })
        {
            return 0;
        }

        ForwardPass pass = inBatch is null ? _network.Forward(batch, training: true) : _network.ForwardShared(batch, inBatch.Items);
        Tensor loss = inBatch?.Compute(pass.Outputs.Logits, _taskWeights) ?? TrainingLoss.Compute(pass.Outputs.Logits, batch, _taskWeights);
        if (pass.Outputs.Auxiliary is { } auxiliary)
        {
            loss = loss.add(auxiliary.Value);
        }

        loss.backward();
        float value = loss.item<float>();
        try
        {
            _network.CollectRowGradients(batch, pass);
            double norm = _optimizer.Norm();
            if (!float.IsFinite(value) || !double.IsFinite(norm))
            {
                (string name, float largest) = _optimizer.Largest();
                throw new TrainingDivergedException(
                    $"Training diverged at step {_step}: the loss is {value}, the largest gradient {largest} in {name}, in batch {_batch} of epoch "
                    + $"{epoch}, {batch.Rankings} rankings of {batch.CandidateCount} candidates and {batch.HistoryLength} behaviours. "
                    + "A lower learning rate or clip norm may help.");
            }

            _optimizer.Apply(norm, epoch, _step);
        }
        finally
        {
            _optimizer.Clear();
        }

        return value;
    }

    private EpochResult RunEpoch(ITrainingData data, int epoch, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        long reported = start;
        double losses = 0;
        long samples = 0;
        int step = 0;
        TrainingProgress Now(RankingEvaluation? validation, double seconds) =>
            new(epoch, _options.Epochs, step, data.StepsPerEpoch, samples / Math.Max(seconds, 1e-9), losses / step, validation);

        _batch = 0;
        foreach (RankingBatch batch in data.Epoch(epoch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            losses += Step(batch, epoch);
            samples += batch.Candidates.Count(c => c >= 0);
            step++;
            if (_time.GetElapsedTime(reported) >= ReportInterval)
            {
                reported = _time.GetTimestamp();
                progress?.Report(Now(null, _time.GetElapsedTime(start).TotalSeconds));
            }
        }

        if (step == 0)
        {
            throw new InvalidDataException($"There is no batch to train on in epoch {epoch}.");
        }

        double seconds = _time.GetElapsedTime(start).TotalSeconds;
        RankingEvaluation? validation = RankingEvaluator.Evaluate(_network, data.Validation(), cancellationToken);
        TrainingProgress done = Now(validation, seconds);
        progress?.Report(done);
        return new(epoch, done.Loss, done.SamplesPerSecond, validation);
    }
}
