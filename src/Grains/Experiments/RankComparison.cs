namespace DinOrleans.Grains.Experiments;

/// <summary>Compares two orders of the same items.</summary>
internal static class RankComparison
{
    /// <summary>The share of the first items of one order that are among the first of the other, 0..1.</summary>
    /// <param name="one">[N] scores; higher comes first, equal scores by index.</param>
    /// <param name="other">[N] other scores of the same items.</param>
    /// <param name="first">How many of the first items are looked at, at least 1; all where there are fewer.</param>
    public static double Overlap(float[] one, float[] other, int first)
    {
        int n = Math.Min(first, one.Length);
        HashSet<int> top = [.. Order(one).Take(n)];
        return Order(other).Take(n).Count(top.Contains) / (double)n;
    }

    /// <summary>
    /// Kendall's rank correlation τ-b, -1..1, by counting inversions while sorting (Knight, 1966); 0 where all scores of one side are equal.
    /// </summary>
    /// <param name="one">[N] scores.</param>
    /// <param name="other">[N] other scores of the same items.</param>
    public static double KendallTau(float[] one, float[] other)
    {
        int[] order = [.. Enumerable.Range(0, one.Length).OrderBy(i => one[i]).ThenBy(i => other[i])];
        float[] sorted = [.. order.Select(i => other[i])];
        long pairs = Pairs(one.Length);
        long tiedOne = Ties(order.Select(i => (one[i], 0f)));
        long tiedBoth = Ties(order.Select(i => (one[i], other[i])));
        long inversions = SortCountingInversions(sorted, new float[sorted.Length]);
        long tiedOther = Ties(sorted.Select(x => (x, 0f)));
        double scale = Math.Sqrt((pairs - tiedOne) * (double)(pairs - tiedOther));
        return scale == 0 ? 0 : (pairs - tiedOne - tiedOther + tiedBoth - (2 * inversions)) / scale;
    }

    private static IEnumerable<int> Order(float[] scores) => Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]);

    private static long Pairs(long n) => n * (n - 1) / 2;

    /// <summary>How many pairs of neighbours in a sorted sequence are equal, runs counted as all their pairs.</summary>
    private static long Ties(IEnumerable<(float, float)> sorted) => sorted.CountBy(x => x).Sum(run => Pairs(run.Value));

    private static long SortCountingInversions(Span<float> values, Span<float> buffer)
    {
        if (values.Length < 2)
        {
            return 0;
        }

        int middle = values.Length / 2;
        long inversions = SortCountingInversions(values[..middle], buffer) + SortCountingInversions(values[middle..], buffer);
        int left = 0;
        int right = middle;
        for (int i = 0; i < values.Length; i++)
        {
            if (right == values.Length || (left < middle && values[left] <= values[right]))
            {
                buffer[i] = values[left++];
            }
            else
            {
                buffer[i] = values[right++];
                inversions += middle - left;
            }
        }

        buffer[..values.Length].CopyTo(values);
        return inversions;
    }
}
