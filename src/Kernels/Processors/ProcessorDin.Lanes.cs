using System.Collections.Concurrent;
using System.Numerics.Tensors;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Processors;

/// <summary>
/// Scores <see cref="Din"/> on processors in one pass per behaviour. The scores equal those of the ONNX graph to 1e-4.
/// Padding costs nothing, because the kernel works on the behaviours and candidates that each request has.
/// </summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class ProcessorDin<TLanes, TVector> : IDinKernel
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ScoreLayout _layout;
    private readonly DinOptions _options;

    /// <summary>The activation unit of each sequence, the main one first.</summary>
    private readonly FusedActivationUnit<TLanes, TVector>[] _units;
    private readonly FusedTop<TLanes, TVector> _top;
    private readonly ConcurrentBag<FusedScratch<TLanes, TVector>> _scratch = [];

    /// <param name="form">The form of the version.</param>
    public ProcessorDin(FusedDinForm form)
    {
        _layout = form.Layout;
        _options = form.Options;
        _units = [.. form.Suffixes.Select(s => new FusedActivationUnit<TLanes, TVector>(form.Parameters, $"attention{s}", form.Layout.ItemWidth, form.Options))];
        _top = new(form);
    }

    /// <inheritdoc/>
    public void Score(in DinBatch batch)
    {
        if (!_scratch.TryTake(out FusedScratch<TLanes, TVector>? scratch))
        {
            scratch = new(_options.AttentionUnits[0], _layout.ItemWidth);
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

    private void Score(in DinBatch batch, int request, FusedScratch<TLanes, TVector> scratch)
    {
        int d = _layout.ItemWidth;
        int history = batch.HistoryLengths[request];
        int count = batch.CandidateCounts[request];
        int rows = Rows.Padded(count);
        int stride = Rows.Padded(count, TLanes.Width);
        ReadOnlySpan<float> behaviours = batch.Behaviours.Slice(request * batch.HistoryLength * d, history * d);
        Span<float> candidates = scratch.Candidates.Room(rows * d);
        batch.Candidates.Slice(request * batch.CandidateCount * d, count * d).CopyTo(candidates);
        candidates[(count * d)..].Clear();
        Span<float> attention = scratch.Attention.Room(history * stride);
        int from = 0;
        for (int s = 0; s < _units.Length; s++)
        {
            int own = Length(batch, request, s);
            SetBehaviours(scratch, behaviours.Slice(from * d, own * d), own);
            Span<float> weights = attention.Slice(from * stride, own * stride);
            _units[s].Run(scratch, own, rows, weights, stride);
            Pool(scratch, weights, stride, own, rows);
            _top.Fill(scratch, s, rows, weights, stride, own);
            from += own;
        }

        _top.Score(batch, request, scratch, rows);
        for (int n = 0; !batch.Attention.IsEmpty && n < count; n++)
        {
            Span<float> to = batch.Attention.Slice(((request * batch.CandidateCount) + n) * batch.HistoryLength, history);
            for (int h = 0; h < history; h++)
            {
                to[h] = attention[(h * stride) + n];
            }
        }
    }

    /// <summary>The behaviours of a sequence. The main sequence has those that no other has.</summary>
    private int Length(in DinBatch batch, int request, int sequence)
    {
        int others = _units.Length - 1;
        ReadOnlySpan<int> lengths = batch.SequenceLengths.Slice(request * others, others);
        return sequence > 0 ? lengths[sequence - 1] : batch.HistoryLengths[request] - TensorPrimitives.Sum(lengths);
    }

    private void SetBehaviours(FusedScratch<TLanes, TVector> scratch, ReadOnlySpan<float> behaviours, int history)
    {
        Span<float> padded = scratch.Behaviours.Room(Rows.Padded(history) * _layout.ItemWidth);
        behaviours.CopyTo(padded);
        padded[behaviours.Length..].Clear();
        scratch.PackedBehaviours.Pack(behaviours);
    }

    /// <summary>Σ_j a(e_j, v)·e_j for each candidate.</summary>
    private static void Pool(FusedScratch<TLanes, TVector> scratch, ReadOnlySpan<float> weights, int stride, int history, int rows)
    {
        int width = scratch.PackedBehaviours.Tiles.Stride;
        Span<float> interest = scratch.Interest.Room(rows * width);
        MatrixProduct<TLanes, TVector>.Run(new(weights, rowStep: 1, inputStep: stride), rows, scratch.PackedBehaviours, scratch.Zero.Room(width), interest);
    }
}
