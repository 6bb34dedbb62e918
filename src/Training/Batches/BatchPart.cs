namespace DinOrleans.Training.Batches;

/// <summary>A part of a batch.</summary>
/// <param name="Ranges">The place of each ranking of the part in the whole batch.</param>
/// <param name="Batch">The candidates with their histories, padded to the longest of them.</param>
internal sealed record BatchPart(IReadOnlyList<CandidateRange> Ranges, RankingBatch Batch)
{
    /// <summary>Copies what was computed for the part's candidates to their places in the whole batch.</summary>
    /// <param name="values">[R × N × K] The values of the part.</param>
    /// <param name="whole">[R × N × K] The values of the whole batch.</param>
    /// <param name="candidateCount">N, the number of candidates per ranking in the whole batch.</param>
    public void CopyTo(ReadOnlySpan<float> values, Span<float> whole, int candidateCount)
    {
        int tasks = values.Length / (Batch.Rankings * Batch.CandidateCount);
        for (int r = 0; r < Ranges.Count; r++)
        {
            CandidateRange range = Ranges[r];
            values.Slice(r * Batch.CandidateCount * tasks, range.Count * tasks)
                .CopyTo(whole[(((range.Ranking * candidateCount) + range.Start) * tasks)..]);
        }
    }
}
