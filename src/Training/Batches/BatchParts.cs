namespace DinOrleans.Training.Batches;

/// <summary>
/// Cuts a batch into parts that are computed one after the other, so that lists and histories of different length need little padding and a bounded
/// amount of memory.
/// </summary>
/// <remarks>
/// <para>
/// Models compute (candidate, behaviour) pairs. A part of R rankings has R · N · H of them, where N and H are its longest list and history. A batch
/// whose longest list is seven times the mean would compute mostly padding. Parts therefore hold rankings of similar shape, and a list that exceeds
/// a part by itself is spread over several parts.
/// </para>
/// <para>The same batch always gives the same parts, so that a repeated or resumed training sums in the same order.</para>
/// </remarks>
internal static class BatchParts
{
    /// <summary>
    /// The largest number of pairs of a part, with padding. A model computes each pair once per behaviour sequence, and all of these count. A part has
    /// more only if a single candidate has more.
    /// </summary>
    public const int MaxPairs = 1 << 16;

    /// <summary>The largest share of padding in a part's pairs, as in serving.</summary>
    public const double MaxPadding = 0.15;

    /// <summary>A part may grow to this many pairs whatever its padding, because below it one more part costs more than the padding.</summary>
    public const int SmallPairs = 1 << 11;

    /// <summary>Rankings whose history lengths differ by less than this factor are sorted by the length of their lists.</summary>
    private const double LikeHistories = 1.2;

    /// <summary>Cuts a batch. Every candidate is in exactly one part, and every ranking is in at least one.</summary>
    /// <param name="batch">The batch, which has been checked.</param>
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
    /// Sorts by history length, and among similar histories by list length: upwards in one class of histories and downwards in the next, so that
    /// neighbours are similar where classes meet too.
    /// </summary>
    private static IEnumerable<CandidateRange> Sorted(RankingBatch batch, int sequences) => Enumerable.Range(0, batch.Rankings)
        .SelectMany(r => Ranges(batch, r, sequences))
        .Select(range => (Range: range, Class: (int)(Math.Log(Math.Max(1, batch.Lengths[range.Ranking])) / Math.Log(LikeHistories))))
        .OrderBy(r => r.Class)
        .ThenBy(r => r.Class % 2 == 0 ? r.Range.Count : -r.Range.Count)
        .Select(r => r.Range);

    /// <summary>
    /// A ranking's list, cut evenly if it exceeds a part by itself. A ranking without candidates gives one range of padding.
    /// </summary>
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
    /// <param name="Sequences">The number of behaviour sequences, at least 1.</param>
    private readonly record struct PartShape(int Sequences)
    {
        private int Rankings { get; init; }

        private int HistoryLength { get; init; }

        private int CandidateCount { get; init; }

        /// <summary>The number of pairs without padding. A ranking without behaviours counts as if it had one.</summary>
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
