namespace DinOrleans.Training.Trainer.Batches;

/// <summary>R rankings of up to N candidates, each against up to H behaviours, as indexes of entities.</summary>
/// <remarks>
/// Padding is −1 and comes last. Whoever makes a batch hands its arrays over and never writes to them again, so a batch can be kept while
/// others are made, and batches made from it may share its arrays.
/// </remarks>
public sealed record RankingBatch
{
    /// <summary>R, at least 1.</summary>
    public required int Rankings { get; init; }

    /// <summary>H, at least 1.</summary>
    public required int HistoryLength { get; init; }

    /// <summary>N, at least 1.</summary>
    public required int CandidateCount { get; init; }

    /// <summary>[R × H] items: those of the main sequence, then those of each other one, oldest first in each.</summary>
    public required int[] Behaviours { get; init; }

    /// <summary>[R] behaviours of each history, all sequences together, 0 to H.</summary>
    public required int[] Lengths { get; init; }

    /// <summary>[R × S] how many of those are of each sequence beside the main one; none where there is only the main one.</summary>
    public int[] SequenceLengths { get; init; } = [];

    /// <summary>[R × N] items.</summary>
    public required int[] Candidates { get; init; }

    /// <summary>[R × N] position of each candidate among those shown, from 0; −1 for none. Null where none has one. Looked at in training only.</summary>
    public int[]? Positions { get; init; }

    /// <summary>[R × N × K], 0 or 1; NaN where a task has no label. Not looked at for padding.</summary>
    public required float[] Labels { get; init; }

    /// <summary>[R] users; −1 for one without a profile.</summary>
    public required int[] Users { get; init; }

    /// <summary>[R] contexts; −1 for none.</summary>
    public required int[] Contexts { get; init; }

    /// <summary>
    /// [R × H] an item that was not chosen in the place of each behaviour, −1 for none; only where a model with an auxiliary loss is trained.
    /// </summary>
    public int[]? NegativeBehaviours { get; init; }

    /// <summary>
    /// [items] the share of each among all training positives, above 0 where it has one; only where a model that learns in batch is trained.
    /// </summary>
    public float[]? PositiveShares { get; init; }

    /// <summary>
    /// [K] what training adds to the logits of all candidates, for labels that are positive more or less often than those that scores are to
    /// predict; null for nothing.
    /// </summary>
    public float[]? LogitShift { get; init; }

    /// <summary>
    /// Whether the candidates are positives with negatives that were drawn for them. False where they are what was shown.
    /// </summary>
    public bool IsSampled { get; init; }

    /// <summary>K, the number of tasks.</summary>
    public int TaskCount => Labels.Length / Candidates.Length;

    /// <summary>S, the number of sequences besides the main one.</summary>
    public int SequenceCount => SequenceLengths.Length / Rankings;

    /// <summary>How many candidates a ranking has, without the padding after them.</summary>
    public int ListLength(int ranking) =>
        Candidates.AsSpan(ranking * CandidateCount, CandidateCount).LastIndexOfAnyInRange(0, int.MaxValue) + 1;

    /// <summary>Some of the candidates, each ranking's with its history, padded no further than the longest of them.</summary>
    /// <param name="ranges">At least one, each within the batch.</param>
    public RankingBatch Take(IReadOnlyList<CandidateRange> ranges)
    {
        int[] rankings = [.. ranges.Select(r => r.Ranking)];
        int historyLength = Math.Max(1, rankings.Max(r => Lengths[r]));
        int candidateCount = ranges.Max(r => r.Count);
        return this with
        {
            Rankings = ranges.Count,
            HistoryLength = historyLength,
            CandidateCount = candidateCount,
            Behaviours = OfHistories(Behaviours),
            Lengths = OfRankings(Lengths),
            SequenceLengths = OfRankings(SequenceLengths),
            Candidates = OfCandidates(Candidates, -1),
            Positions = Positions is null ? null : OfCandidates(Positions, -1),
            Labels = OfCandidates(Labels, 0f),
            Users = OfRankings(Users),
            Contexts = OfRankings(Contexts),
            NegativeBehaviours = NegativeBehaviours is null ? null : OfHistories(NegativeBehaviours),
        };

        T[] OfRankings<T>(T[] all)
        {
            int width = all.Length / Rankings;
            return [.. rankings.SelectMany(r => all.AsSpan(r * width, width).ToArray())];
        }

        int[] OfHistories(int[] all)
        {
            int[] taken = new int[rankings.Length * historyLength];
            for (int i = 0; i < rankings.Length; i++)
            {
                all.AsSpan(rankings[i] * HistoryLength, historyLength).CopyTo(taken.AsSpan(i * historyLength));
            }

            return taken;
        }

        T[] OfCandidates<T>(T[] all, T padding)
        {
            int width = all.Length / (Rankings * CandidateCount);
            var taken = new T[ranges.Count * candidateCount * width];
            Array.Fill(taken, padding);
            for (int i = 0; i < ranges.Count; i++)
            {
                CandidateRange range = ranges[i];
                all.AsSpan(((range.Ranking * CandidateCount) + range.Start) * width, range.Count * width)
                    .CopyTo(taken.AsSpan(i * candidateCount * width));
            }

            return taken;
        }
    }

    /// <summary>Checks that the arrays are as long as the counts say.</summary>
    /// <exception cref="ArgumentException">One is not, or a length is out of range.</exception>
    internal void Check(int tasks, int sequences = 0)
    {
        Require(Rankings >= 1 && HistoryLength >= 1 && CandidateCount >= 1, "rankings, history length and candidate count must be at least 1");
        Length(Behaviours, Rankings * HistoryLength, nameof(Behaviours));
        Length(Lengths, Rankings, nameof(Lengths));
        Length(SequenceLengths, Rankings * sequences, nameof(SequenceLengths));
        Length(Candidates, Rankings * CandidateCount, nameof(Candidates));
        Length(Positions ?? Candidates, Rankings * CandidateCount, nameof(Positions));
        Length(Labels, Rankings * CandidateCount * tasks, nameof(Labels));
        Length(Users, Rankings, nameof(Users));
        Length(Contexts, Rankings, nameof(Contexts));
        Length(NegativeBehaviours ?? Behaviours, Rankings * HistoryLength, nameof(NegativeBehaviours));
        Require(Positions is null || Positions.All(p => p >= -1), "positions must be 0 or more, or -1 for none");
        Require(Lengths.All(n => n >= 0 && n <= HistoryLength), $"lengths must be 0 to the history length, {HistoryLength}");
        for (int r = 0; r < Rankings && sequences > 0; r++)
        {
            int[] own = SequenceLengths[(r * sequences)..((r + 1) * sequences)];
            Require(own.All(n => n >= 0) && own.Sum() <= Lengths[r], "sequence lengths must be 0 or more, and together no more than the length");
        }
    }

    private static void Length(Array array, int expected, string name) =>
        Require(array.Length == expected, $"{name} must have {expected} elements but has {array.Length}");

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException($"Batch: {rule}.");
        }
    }
}
