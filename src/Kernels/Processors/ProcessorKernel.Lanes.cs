using System.Collections.Concurrent;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// A kernel that scores the requests of a batch one after the other. Padding costs nothing, because it works on the behaviours and candidates that
/// each request has. The scores equal those of the ONNX graph to 1e-4.
/// </summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
/// <param name="units">The units of the layer whose weight is made anew for each behaviour or request.</param>
/// <param name="width">d, the width of an item vector.</param>
internal abstract class ProcessorKernel<TLanes, TVector>(int units, int width) : IFusedKernel
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ConcurrentBag<FusedScratch<TLanes, TVector>> _scratch = [];

    /// <inheritdoc/>
    public void Score(in FusedBatch batch)
    {
        if (!_scratch.TryTake(out FusedScratch<TLanes, TVector>? scratch))
        {
            scratch = new(units, width);
        }

        for (int r = 0; r < batch.Requests; r++)
        {
            Score(batch, r, scratch);
        }

        _scratch.Add(scratch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>Scores one request of a batch.</summary>
    private protected abstract void Score(in FusedBatch batch, int request, FusedScratch<TLanes, TVector> scratch);

    /// <summary>Copies the candidates of a request into the scratch, with rows of zeros up to whole tiles.</summary>
    /// <returns>The number of rows.</returns>
    private protected int SetCandidates(in FusedBatch batch, int request, FusedScratch<TLanes, TVector> scratch)
    {
        int count = batch.CandidateCounts[request];
        int rows = Rows.Padded(count);
        Span<float> candidates = scratch.Candidates.Room(rows * width);
        batch.Candidates.Slice(request * batch.CandidateCount * width, count * width).CopyTo(candidates);
        candidates[(count * width)..].Clear();
        return rows;
    }
}
