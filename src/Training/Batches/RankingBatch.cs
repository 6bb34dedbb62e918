namespace DinOrleans.Training.Batches;

/// <summary>R rankings of up to N candidates, each against up to H behaviours. Items, users and contexts are given by their indexes.</summary>
/// <remarks>
/// Padding is −1 and comes last. Whoever makes a batch hands its arrays over and never writes to them again, so a batch can be kept while
/// others are made, and batches made from it may share its arrays.
/// </remarks>
public sealed record RankingBatch
{
    /// <summary>R, the number of rankings, at least 1.</summary>
    public required int Rankings { get; init; }

    /// <summary>H, the length of the longest history, at least 1.</summary>
    public required int HistoryLength { get; init; }

    /// <summary>N, the number of candidates of the longest ranking, at least 1.</summary>
    public required int CandidateCount { get; init; }

    /// <summary>[R × H] The items of the main sequence, then those of each other sequence, oldest first in each.</summary>
    public required int[] Behaviours { get; init; }

    /// <summary>[R] The number of behaviours of each history over all sequences, 0 to H.</summary>
    public required int[] Lengths { get; init; }

    /// <summary>[R × S] How many of those belong to each sequence besides the main one. Empty where there is only the main one.</summary>
    public int[] SequenceLengths { get; init; } = [];

    /// <summary>[R × N] The items.</summary>
    public required int[] Candidates { get; init; }

    /// <summary>
    /// [R × N] The position of each candidate among those that were shown, from 0, or −1 for none. Null if no candidate has a position. Only training
    /// uses it.
    /// </summary>
    public int[]? Positions { get; init; }

    /// <summary>[R × N × K] 1 for a positive of the task, 0 for a negative, NaN where the task has no label. Labels of padding are not used.</summary>
    public required float[] Labels { get; init; }

    /// <summary>[R] The users. −1 stands for a user without a profile.</summary>
    public required int[] Users { get; init; }

    /// <summary>[R] The contexts. −1 stands for no context.</summary>
    public required int[] Contexts { get; init; }

    /// <summary>
    /// [R × H] An item that was not chosen in the place of each behaviour, or −1 for none. Only models with an auxiliary loss need it.
    /// </summary>
    public int[]? NegativeBehaviours { get; init; }

    /// <summary>
    /// [items] The share of each item among all training positives, above 0 for every positive. Only models that learn in batch need it.
    /// </summary>
    public float[]? PositiveShares { get; init; }

    /// <summary>
    /// [K] What training adds to the logits of all candidates. It corrects labels that are positive more or less often than those that scores are to
    /// predict. Null for nothing.
    /// </summary>
    public float[]? LogitShift { get; init; }

    /// <summary>
    /// True if the candidates are positives with negatives that were drawn for them, false if they are what was shown.
    /// </summary>
    public bool IsSampled { get; init; }

    /// <summary>K, the number of tasks.</summary>
    public int TaskCount => Labels.Length / Candidates.Length;

    /// <summary>S, the number of sequences besides the main one.</summary>
    public int SequenceCount => SequenceLengths.Length / Rankings;

    /// <summary>The number of candidates of a ranking, without the padding after them.</summary>
    public int ListLength(int ranking) =>
        Candidates.AsSpan(ranking * CandidateCount, CandidateCount).LastIndexOfAnyInRange(0, int.MaxValue) + 1;

    /// <summary>Makes a batch of some of the candidates with their histories, padded no further than the longest of them.</summary>
    /// <param name="ranges">The candidates to take: at least one range, each within the batch.</param>
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
    /// <exception cref="ArgumentException">An array has another length, or a value in it is out of range.</exception>
    internal void RequireShape(int tasks, int sequences = 0)
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
