using System.Numerics.Tensors;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels;

/// <summary>A batch of R requests, padded to H behaviours and N candidates, and the room for its result.</summary>
public readonly ref struct FusedBatch
{
    /// <summary>R, the number of requests.</summary>
    public required int Requests { get; init; }

    /// <summary>H, behaviours per request with padding.</summary>
    public required int HistoryLength { get; init; }

    /// <summary>N, candidates per request with padding.</summary>
    public required int CandidateCount { get; init; }

    /// <summary>[R], behaviours of each request without padding.</summary>
    public required ReadOnlySpan<int> HistoryLengths { get; init; }

    /// <summary>[R, S], behaviours of each sequence besides the main one. Empty where the model has only the main sequence.</summary>
    public ReadOnlySpan<int> SequenceLengths { get; init; }

    /// <summary>[R], candidates of each request without padding.</summary>
    public required ReadOnlySpan<int> CandidateCounts { get; init; }

    /// <summary>[R, H, d].</summary>
    public required ReadOnlySpan<float> Behaviours { get; init; }

    /// <summary>[R, N, d].</summary>
    public required ReadOnlySpan<float> Candidates { get; init; }

    /// <summary>[R, N].</summary>
    public required ReadOnlySpan<float> CandidateBias { get; init; }

    /// <summary>[R, p].</summary>
    public required ReadOnlySpan<float> Profile { get; init; }

    /// <summary>[R, c].</summary>
    public required ReadOnlySpan<float> Context { get; init; }

    /// <summary>[R, N, K], overwritten with probabilities; those of padding are not defined.</summary>
    public required Span<float> Scores { get; init; }

    /// <summary>[R, N, H], overwritten with attention weights; those of padding are not defined. Empty if nobody asks for them.</summary>
    public Span<float> Attention { get; init; }

    /// <summary>The behaviours of one sequence of a request. The main sequence has those that no other has.</summary>
    /// <param name="request">The index of the request.</param>
    /// <param name="sequence">0 for the main sequence, then the others.</param>
    /// <param name="layout">The widths of the vectors, and the sequences.</param>
    /// <returns>[the sequence's behaviours, d].</returns>
    internal ReadOnlySpan<float> BehavioursOf(int request, int sequence, ScoreLayout layout)
    {
        int others = layout.Sequences.Count;
        ReadOnlySpan<int> lengths = SequenceLengths.Slice(request * others, others);
        int main = HistoryLengths[request] - TensorPrimitives.Sum(lengths);
        int from = sequence == 0 ? 0 : main + TensorPrimitives.Sum(lengths[..(sequence - 1)]);
        int own = sequence == 0 ? main : lengths[sequence - 1];
        return Behaviours.Slice(((request * HistoryLength) + from) * layout.ItemWidth, own * layout.ItemWidth);
    }
}
