using DinOrleans.Training.Batches;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DinOrleans.Benchmarks.Train;

/// <summary>DIN as one would first write it: a concatenation a pair, dense gradients of the embedding, one optimizer over everything.</summary>
internal sealed class PlainDin : nn.Module
{
    private readonly Embedding _items;
    private readonly nn.Module<Tensor, Tensor> _attention;
    private readonly nn.Module<Tensor, Tensor> _top;
    private readonly optim.Optimizer _optimizer;

    /// <param name="rows">The number of rows of the embedding table.</param>
    /// <param name="width">The width of a row, in floats.</param>
    public PlainDin(int rows, int width)
        : base(nameof(PlainDin))
    {
        _items = nn.Embedding(rows, width);
        _attention = nn.Sequential(nn.Linear(4 * width, 80), nn.Sigmoid(), nn.Linear(80, 40), nn.Sigmoid(), nn.Linear(40, 1));
        _top = nn.Sequential(nn.Linear(3 * width, 200), nn.Sigmoid(), nn.Linear(200, 80), nn.Sigmoid(), nn.Linear(80, 1));
        RegisterComponents();
        _optimizer = optim.Adam(parameters());
    }

    /// <summary>Learns from one batch, whose histories and rankings have no padding.</summary>
    /// <param name="batch">A batch, whose indexes are those of items.</param>
    /// <param name="rowOfItem">The embedding row of each item.</param>
    /// <returns>The loss before the step.</returns>
    public float Step(RankingBatch batch, int[] rowOfItem)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor behaviours = Embed(batch.Behaviours, rowOfItem, batch.Rankings).unsqueeze(1);
        Tensor candidates = Embed(batch.Candidates, rowOfItem, batch.Rankings);
        Tensor keys = behaviours.expand(-1, batch.CandidateCount, -1, -1);
        Tensor queries = candidates.unsqueeze(2).expand_as(keys);
        Tensor weights = _attention.call(cat([queries, keys, queries - keys, queries * keys], -1));
        Tensor interest = (weights * keys).sum(2);
        Tensor logits = _top.call(cat([interest, candidates, interest * candidates], -1));
        Tensor loss = nn.functional.binary_cross_entropy_with_logits(logits, tensor(batch.Labels, logits.shape));
        _optimizer.zero_grad();
        loss.backward();
        _optimizer.step();
        return loss.item<float>();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _optimizer.Dispose();
            _items.Dispose();
            _attention.Dispose();
            _top.Dispose();
        }

        base.Dispose(disposing);
    }

    private Tensor Embed(int[] items, int[] rowOfItem, int rankings) =>
        _items.call(tensor(Array.ConvertAll(items, i => (long)rowOfItem[i])).reshape(rankings, -1));
}
