using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Processors;

/// <summary>Scores <see cref="Din"/> on processors in one pass per behaviour.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
/// <param name="form">The form of the version.</param>
internal sealed class ProcessorDin<TLanes, TVector>(FusedDinForm form) : ProcessorKernel<TLanes, TVector>(form.Options.AttentionUnits[0], form.Layout.ItemWidth)
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ScoreLayout _layout = form.Layout;

    /// <summary>The activation unit of each sequence, the main one first.</summary>
    private readonly FusedActivationUnit<TLanes, TVector>[] _units =
        [.. form.Suffixes.Select(s => new FusedActivationUnit<TLanes, TVector>(form.Parameters, $"attention{s}", form.Layout.ItemWidth, form.Options))];

    private readonly FusedTop<TLanes, TVector> _top = new(form);

    private protected override void Score(in FusedBatch batch, int request, FusedScratch<TLanes, TVector> scratch)
    {
        int count = batch.CandidateCounts[request];
        int rows = SetCandidates(batch, request, scratch);
        int stride = Rows.Padded(count, TLanes.Width);
        Span<float> attention = scratch.Attention.Room(batch.HistoryLengths[request] * stride);
        int from = 0;
        for (int s = 0; s < _units.Length; s++)
        {
            ReadOnlySpan<float> behaviours = batch.BehavioursOf(request, s, _layout);
            int own = behaviours.Length / _layout.ItemWidth;
            SetBehaviours(scratch, behaviours, own);
            Span<float> weights = attention.Slice(from * stride, own * stride);
            _units[s].Run(scratch, own, rows, weights, stride);
            Pool(scratch, weights, stride, own, rows);
            _top.Fill(scratch, s, rows, weights, stride, own);
            from += own;
        }

        _top.Score(batch, request, scratch, rows);
        WriteAttention(batch, request, attention, stride);
    }

    private static void WriteAttention(in FusedBatch batch, int request, ReadOnlySpan<float> attention, int stride)
    {
        int history = batch.HistoryLengths[request];
        for (int n = 0; !batch.Attention.IsEmpty && n < batch.CandidateCounts[request]; n++)
        {
            Span<float> to = batch.Attention.Slice(((request * batch.CandidateCount) + n) * batch.HistoryLength, history);
            for (int h = 0; h < history; h++)
            {
                to[h] = attention[(h * stride) + n];
            }
        }
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
