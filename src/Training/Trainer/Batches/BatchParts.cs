namespace DinOrleans.Training.Trainer.Batches;

/// <summary>
/// Cuts a batch into parts that are computed one after the other, so that lists and histories of different length cost little padding and
/// bounded memory.
/// </summary>
/// <remarks>
/// <para>
/// Models compute (candidate, behaviour) pairs. In a part of R rankings there are R · N · H of them, N and H being its longest list and history:
/// a batch whose longest list is seven times the mean would compute mostly padding. Parts hold rankings of like shape, and a list that would
/// exceed a part by itself is spread over several.
/// </para>
/// <para>The same batch always gives the same parts: a repeated or resumed training sums in the same order.</para>
/// </remarks>
internal static class BatchParts
{
    /// <summary>
    /// The most pairs of a part, padding included; a model computes each once per behaviour sequence, and those count together. A part may have
    /// more only where a single candidate has.
    /// </summary>
    public const int MaxPairs = 1 << 16;

    /// <summary>The largest share of a part's pairs that padding may take, as in serving.</summary>
    public const double MaxPadding = 0.15;

    /// <summary>A part may grow to this many pairs whatever its padding: below it, one more part costs more than the padding does.</summary>
    public const int SmallPairs = 1 << 11;

    /// <summary>Histories whose lengths differ by less than this factor are sorted by their lists.</summary>
    private const double LikeHistories = 1.2;

    /// <summary>The parts of a batch: every candidate is in exactly one, and every ranking in at least one.</summary>
    /// <param name="batch">A checked batch.</param>
    public static IEnumerable<BatchPart> Cut(RankingBatch batch)
    {
        int sequences = 1 + batch.SequenceCount;
        if (Fits(ShapeOf(batch, sequences)))
        {
            yield return new([.. Enumerable.Range(0, batch.Rankings).Select(r => new CandidateRange(r, 0, batch.CandidateCount))], batch);
            yield break;
        }

        List<CandidateRange> part = [];
        var shape = new PartShape(sequences);
        foreach (CandidateRange range in Sorted(batch, sequences))
        {
            PartShape grown = shape.With(range.Count, batch.Lengths[range.Ranking]);
            if (part.Count > 0 && !Fits(grown))
            {
                yield return new(part, batch.Take(part));
                part = [];
                grown = new PartShape(sequences).With(range.Count, batch.Lengths[range.Ranking]);
            }

            part.Add(range);
            shape = grown;
        }

        yield return new(part, batch.Take(part));
    }

    private static PartShape ShapeOf(RankingBatch batch, int sequences) => Enumerable.Range(0, batch.Rankings)
        .Aggregate(new PartShape(sequences), (shape, r) => shape.With(Math.Max(1, batch.ListLength(r)), batch.Lengths[r]));

    private static bool Fits(PartShape part) =>
        part.PaddedPairs <= SmallPairs || (part.PaddedPairs <= MaxPairs && part.Pairs >= (1 - MaxPadding) * part.PaddedPairs);

    /// <summary>
    /// By history, and among like histories by list: up in one class of histories and down in the next, so that neighbours are alike
    /// where classes meet too.
    /// </summary>
    private static IEnumerable<CandidateRange> Sorted(RankingBatch batch, int sequences) => Enumerable.Range(0, batch.Rankings)
        .SelectMany(r => Ranges(batch, r, sequences))
        .Select(range => (Range: range, Class: (int)(Math.Log(Math.Max(1, batch.Lengths[range.Ranking])) / Math.Log(LikeHistories))))
        .OrderBy(r => r.Class)
        .ThenBy(r => r.Class % 2 == 0 ? r.Range.Count : -r.Range.Count)
        .Select(r => r.Range);

    /// <summary>A ranking's list, cut evenly where it would exceed a part by itself; one of padding where the ranking has no candidate.</summary>
    private static IEnumerable<CandidateRange> Ranges(RankingBatch batch, int ranking, int sequences)
    {
        int count = Math.Max(1, batch.ListLength(ranking));
        int most = Math.Max(1, MaxPairs / (Math.Max(1, batch.Lengths[ranking]) * sequences));
        int ranges = (count + most - 1) / most;
        for (int i = 0; i < ranges; i++)
        {
            int start = (int)((long)count * i / ranges);
            yield return new(ranking, start, (int)((long)count * (i + 1) / ranges) - start);
        }
    }

    /// <summary>The shape of a part.</summary>
    /// <param name="Sequences">Behaviour sequences, at least 1.</param>
    private readonly record struct PartShape(int Sequences)
    {
        private int Rankings { get; init; }

        private int HistoryLength { get; init; }

        private int CandidateCount { get; init; }

        /// <summary>Pairs without padding; a ranking without behaviours counts as if it had one.</summary>
        public long Pairs { get; private init; }

        public long PaddedPairs => (long)Rankings * HistoryLength * CandidateCount * Sequences;

        public PartShape With(int candidates, int behaviours) => this with
        {
            Rankings = Rankings + 1,
            HistoryLength = Math.Max(HistoryLength, Math.Max(1, behaviours)),
            CandidateCount = Math.Max(CandidateCount, candidates),
            Pairs = Pairs + ((long)candidates * Math.Max(1, behaviours) * Sequences),
        };
    }
}

/// <summary>A part of a batch.</summary>
/// <param name="Ranges">Where each ranking of the part is in the whole batch.</param>
/// <param name="Batch">Those candidates with their histories, no longer than the longest of them.</param>
internal sealed record BatchPart(IReadOnlyList<CandidateRange> Ranges, RankingBatch Batch)
{
    /// <summary>Copies what was computed for the part's candidates to their places in the whole batch.</summary>
    /// <param name="values">[R × N × K] of the part.</param>
    /// <param name="whole">[R × N × K] of the whole batch.</param>
    /// <param name="candidateCount">N of the whole batch.</param>
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
