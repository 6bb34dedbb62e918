using DinOrleans.Model.Ranking;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Trainer.Batches;
using DinOrleans.Training.Trainer.Embeddings;
using TorchSharp;
using static TorchSharp.torch;

namespace DinOrleans.Training.Trainer;

/// <summary>A model with everything that it learns: embedding tables, parameters and moving statistics.</summary>
/// <remarks>For one thread at a time, without awaiting in between: dispose scopes belong to a thread.</remarks>
public sealed class RankingNetwork : IDisposable
{
    /// <summary>Bounds the memory of scoring: rankings are scored in parts of about this many (candidate, behaviour) pairs.</summary>
    private const int PairsPerPart = 1 << 17;

    private readonly IRankingModel _model;
    private readonly TorchTensorOps _ops;
    private readonly EntityVectors _items;
    private readonly EntityVectors _biases;
    private readonly EntityVectors _users;
    private readonly EntityVectors _contexts;

    /// <param name="model">The score half.</param>
    /// <param name="layout">Widths it was made for.</param>
    /// <param name="embeddings">Trained in place.</param>
    /// <param name="seed">Decides initial values and dropout.</param>
    /// <exception cref="ArgumentException">The embeddings have other widths than the layout, or rows outside their tables.</exception>
    public RankingNetwork(IRankingModel model, ScoreLayout layout, RankingEmbeddings embeddings, int seed)
    {
        _model = model;
        Layout = layout;
        Embeddings = embeddings;
        Parameters = new TorchParameters(seed);
        _ops = new TorchTensorOps(Parameters, seed);
        Gradients = [.. embeddings.Tables.Select(t => new RowGradients(t))];
        int items = embeddings.ItemTables.Count;
        int users = embeddings.UserTables.Count;
        int contexts = embeddings.ContextTables.Count;
        _items = new("item", Gradients.Take(items), embeddings.Items);
        _users = new("user", Gradients.Skip(items).Take(users), embeddings.Users);
        _contexts = new("context", Gradients.Skip(items + users).Take(contexts), embeddings.Contexts);
        _biases = new("item bias", Gradients.TakeLast(1), new(embeddings.Items.Count, [embeddings.Items.Rows[embeddings.ItemIdFeature]], [], 0));
        RequireWidth("items", _items.Width, layout.ItemWidth);
        RequireWidth("users", _users.Width, layout.ProfileWidth);
        RequireWidth("contexts", _contexts.Width, layout.ContextWidth);
    }

    public ScoreLayout Layout { get; }

    public RankingEmbeddings Embeddings { get; }

    /// <summary>The dense parameters and moving statistics.</summary>
    public TorchParameters Parameters { get; }

    /// <summary>Whether training needs <see cref="RankingBatch.NegativeBehaviours"/>.</summary>
    public bool HasAuxiliaryLoss => _model.HasAuxiliaryLoss;

    /// <summary>Whether training sets each positive against those of its batch, and needs <see cref="RankingBatch.PositiveShares"/>.</summary>
    public bool LearnsInBatch => _model.LearnsInBatch;

    /// <summary>w, of the vectors of users and items.</summary>
    /// <exception cref="InvalidDataException">The model has no vectors.</exception>
    public int VectorWidth => VectorModel().VectorWidth;

    /// <summary>One a table, in the order of <see cref="RankingEmbeddings.Tables"/>.</summary>
    internal IReadOnlyList<RowGradients> Gradients { get; }

    /// <summary>Scores candidates as serving does.</summary>
    /// <returns>[R × N × K] probabilities; what padding scores means nothing.</returns>
    /// <exception cref="ArgumentException">The batch does not fit its counts, the tables or the tasks.</exception>
    public float[] Score(RankingBatch batch)
    {
        batch.Check(Layout.TaskCount);
        float[] scores = new float[batch.Rankings * batch.CandidateCount * Layout.TaskCount];
        int part = Math.Max(1, PairsPerPart / (batch.CandidateCount * batch.HistoryLength));
        for (int start = 0; start < batch.Rankings; start += part)
        {
            RankingBatch slice = batch.Slice(start, Math.Min(part, batch.Rankings - start));
            using DisposeScope scope = NewDisposeScope();
            using var still = no_grad();
            Tensor probabilities = Forward(slice, training: false).Outputs.Logits.sigmoid().contiguous();
            TorchParameters.Floats(probabilities).CopyTo(scores.AsSpan(start * batch.CandidateCount * Layout.TaskCount));
        }

        return scores;
    }

    /// <summary>The inputs of a batch as the scorer graph takes them, with the outputs that serving must reproduce.</summary>
    /// <exception cref="ArgumentException">The batch does not fit its counts, the tables or the tasks.</exception>
    public ScoredInputs ScoreInputs(RankingBatch batch)
    {
        batch.Check(Layout.TaskCount);
        using DisposeScope scope = NewDisposeScope();
        using var still = no_grad();
        ForwardPass pass = Forward(batch, training: false);
        return new(
            Copy(pass.Inputs.Behaviours),
            Copy(pass.Inputs.Mask),
            Copy(pass.Inputs.Candidates),
            Copy(pass.Inputs.CandidateBias),
            Copy(pass.Inputs.Profile),
            Copy(pass.Inputs.Context),
            Copy(pass.Outputs.Logits.sigmoid()),
            pass.Outputs.HasAttention ? Copy(pass.Outputs.Attention!) : null);
    }

    /// <summary>Vectors whose product orders items as the model does: ⟨user of task k, item⟩ + a constant of the task is its logit.</summary>
    /// <param name="items">Indexes.</param>
    /// <returns>[items × w].</returns>
    /// <exception cref="InvalidDataException">The model has no vectors.</exception>
    public float[] ItemVectors(int[] items)
    {
        IVectorModel model = VectorModel();
        using DisposeScope scope = NewDisposeScope();
        using var still = no_grad();
        _ops.Training = false;
        Tensor candidates = Leaf(_items, items, training: false, 1, items.Length, _items.Width);
        Tensor bias = Leaf(_biases, items, training: false, 1, items.Length, 1);
        return Copy(model.ItemVectors(_ops, candidates, bias, () => ones(1, items.Length)));
    }

    /// <summary>The vectors of a batch's users, which go with <see cref="ItemVectors"/>.</summary>
    /// <returns>[R × K × w].</returns>
    /// <exception cref="InvalidDataException">The model has no vectors.</exception>
    /// <exception cref="ArgumentException">The batch does not fit its counts, the tables or the tasks.</exception>
    public float[] UserVectors(RankingBatch batch)
    {
        IVectorModel model = VectorModel();
        batch.Check(Layout.TaskCount);
        using DisposeScope scope = NewDisposeScope();
        using var still = no_grad();
        _ops.Training = false;
        return Copy(model.UserVectors(_ops, Inputs(batch, batch.Candidates, training: false)));
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
        Forward(batch with { CandidateCount = items.Length, Candidates = items }, items, training: true);

    /// <summary>Sums the gradients of a batch's vectors into <see cref="Gradients"/>, which the caller clears.</summary>
    internal void CollectRowGradients(RankingBatch batch, ForwardPass pass)
    {
        ScoreInputs<Tensor> inputs = pass.Inputs;
        Collect(_items, batch.Behaviours, inputs.Behaviours);
        Collect(_items, pass.Candidates, inputs.Candidates);
        Collect(_biases, pass.Candidates, inputs.CandidateBias);
        Collect(_users, batch.Users, inputs.Profile);
        Collect(_contexts, batch.Contexts, inputs.Context);
        if (inputs.Auxiliary is { } auxiliary)
        {
            Collect(_items, batch.NegativeBehaviours!, auxiliary.NegativeBehaviours);
        }
    }

    private ForwardPass Forward(RankingBatch batch, int[] candidates, bool training)
    {
        ScoreInputs<Tensor> inputs = Inputs(batch, candidates, training);
        _ops.Training = training;
        return new(candidates, inputs, _model.Score(_ops, inputs));
    }

    /// <param name="batch">The rankings.</param>
    /// <param name="candidates">[R × N], or [N] that all rankings share.</param>
    /// <param name="training">Whether autograd follows.</param>
    private ScoreInputs<Tensor> Inputs(RankingBatch batch, int[] candidates, bool training)
    {
        int rankings = batch.Rankings;
        float[] mask = new float[rankings * batch.HistoryLength];
        for (int r = 0; r < rankings; r++)
        {
            mask.AsSpan(r * batch.HistoryLength, batch.Lengths[r]).Fill(1);
        }

        int lists = candidates.Length / batch.CandidateCount;
        float[] candidateMask = Array.ConvertAll(candidates, c => c >= 0 ? 1f : 0f);
        return new(
            Leaf(_items, batch.Behaviours, training, rankings, batch.HistoryLength, _items.Width),
            tensor(mask, [rankings, batch.HistoryLength]),
            Leaf(_items, candidates, training, lists, batch.CandidateCount, _items.Width),
            tensor(candidateMask, [lists, batch.CandidateCount]),
            Leaf(_biases, candidates, training, lists, batch.CandidateCount, 1),
            Leaf(_users, batch.Users, training, rankings, _users.Width),
            Leaf(_contexts, batch.Contexts, training, rankings, _contexts.Width),
            training && HasAuxiliaryLoss ? Auxiliary(batch) : null);
    }

    private IVectorModel VectorModel() => _model as IVectorModel
        ?? throw new InvalidDataException($"model \"{_model.Kind}\" has no item vectors: it scores an item together with its user");

    private AuxiliaryInputs<Tensor> Auxiliary(RankingBatch batch) => new(Leaf(
        _items,
        batch.NegativeBehaviours ?? throw new ArgumentException("Batch: the model's auxiliary loss needs negative behaviours."),
        training: true,
        batch.Rankings,
        batch.HistoryLength,
        _items.Width));

    private static void Collect(EntityVectors vectors, int[] entities, Tensor leaf)
    {
        // No gradient where the model does not look at an input: no bias, no profile.
        if (vectors.Width > 0 && leaf.grad is { } gradient)
        {
            vectors.Scatter(entities, TorchParameters.Floats(gradient.contiguous()));
        }
    }

    private static Tensor Leaf(EntityVectors vectors, int[] entities, bool training, params long[] shape)
    {
        Tensor leaf = empty(shape, requires_grad: training);
        if (vectors.Width > 0)
        {
            vectors.Gather(entities, TorchParameters.Floats(leaf));
        }

        return leaf;
    }

    private static float[] Copy(Tensor tensor) => tensor.numel() == 0 ? [] : TorchParameters.Floats(tensor.contiguous()).ToArray();

    private static void RequireWidth(string what, int actual, int expected)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"The vectors of {what} are {actual} wide, but the model takes {expected}.");
        }
    }
}

/// <summary>Inputs and outputs of a scorer graph, row-major.</summary>
/// <param name="Behaviours">[R, H, d].</param>
/// <param name="Mask">[R, H].</param>
/// <param name="Candidates">[R, N, d].</param>
/// <param name="CandidateBias">[R, N, 1].</param>
/// <param name="Profile">[R, p].</param>
/// <param name="Context">[R, c].</param>
/// <param name="Scores">[R, N, K] probabilities.</param>
/// <param name="Attention">[R, N, H], or null of a model without.</param>
public sealed record ScoredInputs(
    float[] Behaviours, float[] Mask, float[] Candidates, float[] CandidateBias, float[] Profile, float[] Context, float[] Scores, float[]? Attention);

/// <summary>A computation that autograd can go back through.</summary>
/// <param name="Candidates">The items that were scored.</param>
/// <param name="Inputs">Where gradients end.</param>
/// <param name="Outputs">Where they start.</param>
internal sealed record ForwardPass(int[] Candidates, ScoreInputs<Tensor> Inputs, ScoreOutputs<Tensor> Outputs);
