using DinOrleans.Training.Batches;

namespace DinOrleans.Training.Tests.Batches;

/// <summary>Rankings as real shops show them: most lists are short and a few are many times as long, and so are histories.</summary>
internal static class RaggedLists
{
    public const int LongestHistory = 50;

    private const double Spread = 0.8;

    /// <summary>Lengths of lists whose logarithms are normal, the longest of them exactly as long as stated.</summary>
    /// <param name="seed">Decides the lengths.</param>
    /// <param name="count">Lists.</param>
    /// <param name="mean">Mean length of lists before the longest are cut.</param>
    /// <param name="longest">Length that no list exceeds.</param>
    public static int[] Lengths(int seed, int count, double mean = 38, int longest = 283)
    {
        var random = new Random(seed);
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            lengths[i] = Math.Clamp((int)Math.Round(mean * Math.Exp((Spread * normal) - (Spread * Spread / 2))), 1, longest);
        }

        lengths[random.Next(count)] = longest;
        return lengths;
    }

    /// <summary>A padded batch: lists of the given lengths, histories of 0 to <see cref="LongestHistory"/> behaviours, a third of them full.</summary>
    /// <param name="seed">Decides items, histories and labels.</param>
    /// <param name="lists">Candidates of each ranking.</param>
    /// <param name="items">Items to draw from.</param>
    /// <param name="tasks">Labels per candidate; every seventh is missing.</param>
    public static RankingBatch Batch(int seed, int[] lists, int items = 60, int tasks = 1)
    {
        var random = new Random(seed);
        int[] histories = [.. lists.Select(_ => random.Next(3) == 0 ? LongestHistory : random.Next(LongestHistory + 1))];
        int historyLength = Math.Max(1, histories.Max());
        int candidateCount = lists.Max();
        return new RankingBatch
        {
            Rankings = lists.Length,
            HistoryLength = historyLength,
            CandidateCount = candidateCount,
            Behaviours = Padded(histories, historyLength, () => random.Next(items)),
            Lengths = histories,
            Candidates = Padded(lists, candidateCount, () => random.Next(items)),
            Labels = [.. Enumerable.Range(0, lists.Length * candidateCount * tasks).Select(i => i % 7 == 6 ? float.NaN : random.Next(2))],
            Users = [.. lists.Select((_, r) => r % 10)],
            Contexts = [.. lists.Select((_, r) => r % 2)],
        };
    }

    private static int[] Padded(int[] lengths, int longest, Func<int> draw) =>
        [.. lengths.SelectMany(n => Enumerable.Range(0, longest).Select(i => i < n ? draw() : -1))];
}
