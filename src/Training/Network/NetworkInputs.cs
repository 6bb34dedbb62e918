using DinOrleans.Model.Ranking;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Torch;
using static TorchSharp.torch;

namespace DinOrleans.Training.Network;

/// <summary>Makes a model's inputs of a batch, and takes their gradients back to the embedding rows.</summary>
internal sealed class NetworkInputs
{
    private readonly EntityVectors _items;
    private readonly EntityVectors _biases;
    private readonly EntityVectors _users;
    private readonly EntityVectors _contexts;
    private readonly HiddenValues _hidden = new();

    /// <param name="embeddings">The tables and rows that the vectors are made of.</param>
    /// <param name="gradients">One per table, in the order of <see cref="RankingEmbeddings.Tables"/>.</param>
    /// <param name="layout">The widths that the model takes.</param>
    /// <exception cref="ArgumentException">The embeddings have other widths than the layout, or rows outside their tables.</exception>
    public NetworkInputs(RankingEmbeddings embeddings, IReadOnlyList<RowGradients> gradients, ScoreLayout layout)
    {
        int items = embeddings.ItemTables.Count;
        int users = embeddings.UserTables.Count;
        int contexts = embeddings.ContextTables.Count;
        _items = new("item", gradients.Take(items), embeddings.Items);
        _users = new("user", gradients.Skip(items).Take(users), embeddings.Users);
        _contexts = new("context", gradients.Skip(items + users).Take(contexts), embeddings.Contexts);
        _biases = new("item bias", gradients.TakeLast(1), new(embeddings.Items.Count, [embeddings.Items.Rows[embeddings.ItemIdFeature]], [], 0));
        RequireWidth("items", _items.Width, layout.ItemWidth);
        RequireWidth("users", _users.Width, layout.ProfileWidth);
        RequireWidth("contexts", _contexts.Width, layout.ContextWidth);
    }

    /// <summary>Decides which values the next training step hides.</summary>
    public void Hide(double share, int seed, long step) => _hidden.Draw(share, seed, step);

    /// <summary>Makes the inputs of a checked batch. Tensors belong to the caller's dispose scope.</summary>
    /// <param name="batch">The rankings.</param>
    /// <param name="candidates">[R × N] The candidates of each ranking, or [N] candidates that all rankings share.</param>
    /// <param name="training">True if autograd follows the computation.</param>
    /// <param name="auxiliary">True to add the inputs of an auxiliary loss.</param>
    /// <param name="positions">The number of positions that the model tells apart, or 0 for none.</param>
    public ScoreInputs<Tensor> Create(RankingBatch batch, int[] candidates, bool training, bool auxiliary, int positions = 0)
    {
        int rankings = batch.Rankings;
        (float[] mask, float[] sequenceMask) = Masks(batch);
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
            auxiliary ? Auxiliary(batch) : null,
            tensor(sequenceMask, [rankings, batch.HistoryLength, batch.SequenceCount]),
            positions > 0 ? PositionsOf(batch, positions) : null);
    }

    /// <summary>The vectors, [1, items, d], and biases, [1, items, 1], of items.</summary>
    public (Tensor Vectors, Tensor Bias) Items(int[] items) =>
        (Leaf(_items, items, training: false, 1, items.Length, _items.Width), Leaf(_biases, items, training: false, 1, items.Length, 1));

    /// <summary>Adds the gradients of a pass's inputs to those of the embedding rows.</summary>
    public void Collect(RankingBatch batch, ForwardPass pass)
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

    /// <returns>[R, H] The mask of the main sequence, and [R, H, S] those of the other sequences.</returns>
    private static (float[] Main, float[] Others) Masks(RankingBatch batch)
    {
        int sequences = batch.SequenceCount;
        float[] main = new float[batch.Rankings * batch.HistoryLength];
        float[] others = new float[main.Length * sequences];
        for (int r = 0; r < batch.Rankings; r++)
        {
            SequenceMasks.Fill(
                batch.Lengths[r],
                batch.SequenceLengths.AsSpan(r * sequences, sequences),
                main.AsSpan(r * batch.HistoryLength, batch.HistoryLength),
                others.AsSpan(r * batch.HistoryLength * sequences, batch.HistoryLength * sequences));
        }

        return (main, others);
    }

    private AuxiliaryInputs<Tensor> Auxiliary(RankingBatch batch) => new(Leaf(
        _items,
        batch.NegativeBehaviours ?? throw new ArgumentException("Batch: the model's auxiliary loss needs negative behaviours."),
        training: true,
        batch.Rankings,
        batch.HistoryLength,
        _items.Width));

    private static PositionInputs<Tensor> PositionsOf(RankingBatch batch, int count)
    {
        float[] oneHot = new float[batch.Candidates.Length * (count - 1)];
        Positions.Fill(batch.Positions, count, oneHot);
        return new(tensor(oneHot, [batch.Rankings, batch.CandidateCount, count - 1]));
    }

    private void Collect(EntityVectors vectors, int[] entities, Tensor leaf)
    {
        // An input that the model does not use, such as the bias or the profile, has no gradient.
        if (vectors.Width > 0 && leaf.grad is { } gradient)
        {
            vectors.Scatter(entities, TorchParameters.Floats(gradient.contiguous()), _hidden);
        }
    }

    private Tensor Leaf(EntityVectors vectors, int[] entities, bool training, params long[] shape)
    {
        Tensor leaf = empty(shape, requires_grad: training);
        if (vectors.Width > 0)
        {
            vectors.Gather(entities, TorchParameters.Floats(leaf), training ? _hidden : null);
        }

        return leaf;
    }

    private static void RequireWidth(string what, int actual, int expected)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"The vectors of {what} are {actual} wide, but the model takes {expected}.");
        }
    }
}
