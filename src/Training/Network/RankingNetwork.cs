using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DinOrleans.Training.Network;

/// <summary>A model with everything that it learns: embedding tables, parameters and moving statistics.</summary>
/// <remarks>It must be used on one thread at a time, and nothing may be awaited in between, because dispose scopes belong to a thread.</remarks>
public sealed class RankingNetwork : IDisposable
{
    private readonly IRankingModel _model;
    private readonly TorchTensorOps _ops;
    private readonly NetworkInputs _inputs;

    /// <param name="model">The model.</param>
    /// <param name="layout">The widths that the model was made for.</param>
    /// <param name="embeddings">The embedding tables, which are trained in place.</param>
    /// <param name="seed">Decides the initial values and dropout.</param>
    /// <exception cref="ArgumentException">The embeddings have other widths than the layout, or rows outside their tables.</exception>
    public RankingNetwork(IRankingModel model, ScoreLayout layout, RankingEmbeddings embeddings, int seed)
    {
        _model = model;
        Layout = layout;
        Embeddings = embeddings;
        Parameters = new TorchParameters(seed);
        _ops = new TorchTensorOps(Parameters, seed);
        Gradients = [.. embeddings.Tables.Select(t => new RowGradients(t))];
        _inputs = new NetworkInputs(embeddings, Gradients, layout);
    }

    public ScoreLayout Layout { get; }

    public RankingEmbeddings Embeddings { get; }

    /// <summary>The dense parameters and moving statistics.</summary>
    public TorchParameters Parameters { get; }

    /// <summary>True if training needs <see cref="RankingBatch.NegativeBehaviours"/>.</summary>
    public bool HasAuxiliaryLoss => _model.HasAuxiliaryLoss;

    /// <summary>True if training sets each positive against those of its batch, and needs <see cref="RankingBatch.PositiveShares"/>.</summary>
    public bool LearnsInBatch => _model.LearnsInBatch;

    /// <summary>w, the width of the vectors of users and items.</summary>
    /// <exception cref="InvalidContentException">The model has no vectors.</exception>
    public int VectorWidth => VectorModel().VectorWidth;

    /// <summary>The gradients of each table, in the order of <see cref="RankingEmbeddings.Tables"/>.</summary>
    internal IReadOnlyList<RowGradients> Gradients { get; }

    /// <summary>Scores candidates as serving does.</summary>
    /// <returns>[R × N × K] The probabilities, 0 for padding.</returns>
    /// <exception cref="ArgumentException">The batch does not fit its counts, the tables or the tasks.</exception>
    public float[] Score(RankingBatch batch)
    {
        batch.RequireShape(Layout.TaskCount, Layout.Sequences.Count);
        float[] scores = new float[batch.Rankings * batch.CandidateCount * Layout.TaskCount];
        foreach (BatchPart part in BatchParts.Cut(batch))
        {
            using DisposeScope scope = NewDisposeScope();
            using var still = no_grad();
            Tensor probabilities = Forward(part.Batch, training: false).Outputs.Logits.sigmoid().contiguous();
            part.CopyTo(TorchParameters.Floats(probabilities), scores, batch.CandidateCount);
        }

        return scores;
    }

    /// <summary>Scores candidates as serving does, and returns how the model weighed the behaviours.</summary>
    /// <exception cref="ArgumentException">The batch does not fit its counts, the tables or the tasks.</exception>
    public ExplainedScores ScoreWithAttention(RankingBatch batch)
    {
        batch.RequireShape(Layout.TaskCount, Layout.Sequences.Count);
        using DisposeScope scope = NewDisposeScope();
        using var still = no_grad();
        ScoreOutputs<Tensor> outputs = Forward(batch, training: false).Outputs;
        return new(Copy(outputs.Logits.sigmoid()), outputs.HasAttention ? Copy(outputs.Attention!) : null);
    }

    /// <summary>Computes item vectors. ⟨vector of the user for task k, vector of the item⟩ + a constant of the task is the logit.</summary>
    /// <param name="items">The indexes of the items.</param>
    /// <returns>[items × w] The vectors.</returns>
    /// <exception cref="InvalidContentException">The model has no vectors.</exception>
    public float[] ItemVectors(int[] items)
    {
        IVectorModel model = VectorModel();
        using DisposeScope scope = NewDisposeScope();
        using var still = no_grad();
        _ops.Training = false;
        (Tensor candidates, Tensor bias) = _inputs.Items(items);
        return Copy(model.ItemVectors(_ops, candidates, bias, () => ones(1, items.Length)));
    }

    /// <summary>Computes the vectors of a batch's users, which go with <see cref="ItemVectors"/>.</summary>
    /// <returns>[R × K × w] The vectors.</returns>
    /// <exception cref="InvalidContentException">The model has no vectors.</exception>
    /// <exception cref="ArgumentException">The batch does not fit its counts, the tables or the tasks.</exception>
    public float[] UserVectors(RankingBatch batch)
    {
        IVectorModel model = VectorModel();
        batch.RequireShape(Layout.TaskCount, Layout.Sequences.Count);
        using DisposeScope scope = NewDisposeScope();
        using var still = no_grad();
        _ops.Training = false;
        return Copy(model.UserVectors(_ops, _inputs.Create(batch, batch.Candidates, training: false, auxiliary: false)));
    }

    /// <summary>Writes everything that training changes: tables, parameters, moving statistics and the state of dropout's random numbers.</summary>
    internal void Save(CheckpointWriter writer)
    {
        WeightState.Save(writer, Parameters.Export(), Embeddings.Tables.Select(t => (t.Key, t.Values)));
        foreach ((string name, MovingMoments moments) in Parameters.Moving)
        {
            writer.Write("batches of " + name, moments.Batches);
        }

        // A parameter with a gradient of zeros still moves by its momentum. One that never had a gradient does not.
        foreach ((string name, Tensor parameter) in Parameters.Trainable)
        {
            writer.Write("gradient of " + name, parameter.grad is null ? 0 : 1);
        }

        writer.Write<byte>("random state", _ops.RandomState());
    }

    /// <summary>Sets everything to what <see cref="Save"/> wrote.</summary>
    internal void Load(CheckpointReader reader)
    {
        Parameters.Import(WeightState.Load(reader, Embeddings.Tables.Select(t => (t.Key, t.Values))));
        foreach ((string name, MovingMoments moments) in Parameters.Moving)
        {
            moments.Batches = reader.Long("batches of " + name);
        }

        foreach ((string name, Tensor parameter) in Parameters.Trainable)
        {
            if (reader.Int("gradient of " + name) == 1)
            {
                using Tensor zeros = zeros_like(parameter, requires_grad: false);
                parameter.grad = zeros;
            }
        }

        _ops.SetRandomState(reader.Array<byte>("random state"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ops.Dispose();
        Parameters.Dispose();
    }

    /// <summary>Computes the logits of a checked batch. Tensors belong to the caller's dispose scope.</summary>
    internal ForwardPass Forward(RankingBatch batch, bool training) => Forward(batch, batch.Candidates, training);

    /// <summary>Computes the logits of the same items, [R, items, K], for every ranking of a checked batch.</summary>
    internal ForwardPass ForwardShared(RankingBatch batch, int[] items) =>
        Forward(batch with { CandidateCount = items.Length, Candidates = items, Positions = null }, items, training: true);

    /// <summary>Sets the level of the logits of each task before anything is learned.</summary>
    /// <param name="logOdds">[K] The log odds. A model that learns in batch ignores them, because its scores have no level.</param>
    internal void StartAt(ReadOnlySpan<float> logOdds)
    {
        if (!LearnsInBatch)
        {
            logOdds.CopyTo(TorchParameters.Floats(Parameters.Get(_model.OutputBias, [Layout.TaskCount], Initializer.Zeros)));
        }
    }

    /// <summary>Hides a share of the known values in the training passes until the next call.</summary>
    /// <param name="share">The share, 0 to below 1.</param>
    /// <param name="seed">Decides together with the step which values are hidden.</param>
    /// <param name="step">The number of the step over all epochs.</param>
    internal void HideValues(double share, int seed, long step) => _inputs.Hide(share, seed, step);

    /// <summary>Adds the gradients of a batch's vectors to <see cref="Gradients"/>, which the caller clears.</summary>
    internal void CollectRowGradients(RankingBatch batch, ForwardPass pass) => _inputs.Collect(batch, pass);

    /// <summary>Moves the moving statistics towards those of all training passes since the last call, which are the parts of one step.</summary>
    internal void SettleStatistics() => Parameters.SettleMoments();

    private ForwardPass Forward(RankingBatch batch, int[] candidates, bool training)
    {
        ScoreInputs<Tensor> inputs = _inputs.Create(
            batch, candidates, training, training && HasAuxiliaryLoss, training ? _model.PositionCount : 0);
        _ops.Training = training;
        ScoreOutputs<Tensor> outputs = _model.Score(_ops, inputs);
        return new(candidates, inputs, training && batch.LogitShift is { } shift ? outputs with { Logits = outputs.Logits.add(tensor(shift)) } : outputs);
    }

    private IVectorModel VectorModel() => _model as IVectorModel
        ?? throw new InvalidContentException($"model \"{_model.Name}\" has no item vectors: it scores an item together with its user");

    private static float[] Copy(Tensor tensor) => tensor.numel() == 0 ? [] : TorchParameters.Floats(tensor.contiguous()).ToArray();
}
