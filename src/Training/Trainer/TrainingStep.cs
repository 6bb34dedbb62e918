using DinOrleans.Model.Validation;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Network;
using DinOrleans.Training.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DinOrleans.Training.Trainer;

/// <summary>Learns from one batch at a time.</summary>
/// <remarks>
/// A step is one dispose scope on the calling thread. Native memory stays flat over the steps, which every step checks. Nothing may be awaited
/// inside a step, because dispose scopes belong to a thread.
/// </remarks>
internal sealed class TrainingStep
{
    private readonly RankingNetwork _network;
    private readonly TrainerOptions _options;
    private readonly double[] _taskWeights;
    private readonly StepOptimizer _optimizer;
    private int _epoch;
    private int _batch;

    /// <param name="network">The network, which is trained in place. It stays the caller's.</param>
    /// <param name="options">The options of the training.</param>
    /// <exception cref="InvalidContentException">The options break a rule.</exception>
    public TrainingStep(RankingNetwork network, TrainerOptions options)
    {
        Problems problems = options.Check(network.Layout.TaskCount);
        problems.AddRange(network.Embeddings.Tables
            .Where(t => options.MiniBatchAware && options.EmbeddingL2 > 0 && t.Occurrences is null)
            .Select(t => $"miniBatchAware needs occurrence counts of table {t.Key}"));
        problems.ThrowIfAny("training options");

        _network = network;
        _options = options;
        _taskWeights = [.. options.TaskWeights ?? Enumerable.Repeat(1.0, network.Layout.TaskCount)];
        _optimizer = new StepOptimizer(network, options);
    }

    /// <summary>The number of steps done, over all epochs.</summary>
    public long Count { get; private set; }

    /// <inheritdoc cref="StepOptimizer.Threads"/>
    public OwnThreads? Threads
    {
        set => _optimizer.Threads = value;
    }

    /// <summary>States where training is, for error messages: steps of an earlier process are not counted otherwise.</summary>
    /// <param name="epoch">The epoch under way, from 1.</param>
    /// <param name="batches">The number of batches of it that are done.</param>
    public void GoOn(int epoch, int batches) => (_epoch, _batch) = (epoch, batches);

    /// <summary>Learns from a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="epoch">The epoch, from 1. It decides the learning rate.</param>
    /// <returns>The loss before the step.</returns>
    /// <exception cref="ArgumentException">The batch does not fit its counts, the tables or the tasks.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a gradient is NaN or infinite.</exception>
    public float Run(RankingBatch batch, int epoch)
    {
        batch.RequireShape(_taskWeights.Length, _network.Layout.Sequences.Count);
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount - _network.Parameters.TensorCount;
        float loss = RunInScope(batch, epoch);
        long leaked = DisposeScopeManager.Statistics.ThreadTotalLiveCount - _network.Parameters.TensorCount - live;
        return leaked == 0 ? loss : throw new InvalidOperationException($"A training step left {leaked} tensors behind.");
    }

    /// <summary>Checks the weights, because a finite gradient can still make a weight infinite.</summary>
    /// <exception cref="TrainingDivergedException">A weight is NaN or infinite.</exception>
    public void RequireFiniteWeights()
    {
        if (FiniteWeights.FindBroken(_network) is { } where)
        {
            throw new TrainingDivergedException(
                $"Training diverged by step {Count}, batch {_batch} of epoch {_epoch}: a weight in {where} is NaN or infinite.");
        }
    }

    /// <summary>Writes the number of steps and the state of the optimizer.</summary>
    public void Save(CheckpointWriter writer)
    {
        writer.Write("step", Count);
        _optimizer.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote. The network must have its parameters by then.</summary>
    public void Load(CheckpointReader reader)
    {
        Count = reader.Long("step");
        _optimizer.Load(reader);
    }

    private float RunInScope(RankingBatch batch, int epoch)
    {
        using DisposeScope scope = NewDisposeScope();
        Count++;
        _batch = epoch == _epoch ? _batch + 1 : 1;
        _epoch = epoch;
        _network.HideValues(_options.HiddenShare, _options.Seed, Count);
        if (_network.HasAuxiliaryLoss && batch.NegativeBehaviours is null)
        {
            batch = batch with { NegativeBehaviours = NegativeBehaviours.Draw(batch, _options.Seed, Count) };
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
                    $"Training diverged at step {Count}: the loss is {value}, the largest gradient {largest} in {name}, in batch {_batch} of epoch "
                    + $"{epoch}, {batch.Rankings} rankings of {batch.CandidateCount} candidates and {batch.HistoryLength} behaviours.");
            }

            _optimizer.Apply(norm, epoch, Count);
        }
        finally
        {
            _optimizer.Clear();
        }

        return value;
    }

    /// <summary>Sums the gradients of a step part by part: the tensors of one part are freed before those of the next are made.</summary>
    /// <returns>The loss. Null where there is nothing to learn.</returns>
    private float? Learn(RankingBatch batch)
    {
        if (_network.LearnsInBatch)
        {
            // Each positive is set against all others, so the step is one part. Its memory grows with rankings × positives, whatever the lists.
            InBatchLoss inBatch = InBatchLoss.Prepare(batch);
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
                // The auxiliary loss is a mean over behaviours. That of the step is the mean of the parts, weighted by their behaviours.
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
}
