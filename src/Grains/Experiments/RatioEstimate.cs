namespace DinOrleans.Grains.Experiments;

/// <summary>A ratio of two sums, for example positives per shown item, with the variance of its estimate.</summary>
/// <param name="Value">The ratio.</param>
/// <param name="Variance">The variance of the estimate.</param>
/// <param name="Count">The sum that is divided by.</param>
internal readonly record struct RatioEstimate(double Value, double Variance, double Count)
{
    /// <summary>
    /// Estimates a ratio from sums over blocks of users. The variance is that of a ratio of means by the delta method,
    /// <c>B/(B-1) · Σ (x_b - R n_b)² / (Σ n_b)²</c>: blocks are independent, items within a block need not be.
    /// </summary>
    /// <param name="numerators">[B] x_b.</param>
    /// <param name="denominators">[B] n_b.</param>
    /// <returns>Null where fewer than two blocks have anything in the denominator.</returns>
    public static RatioEstimate? From(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        double x = 0;
        double n = 0;
        int blocks = 0;
        for (int b = 0; b < denominators.Length; b++)
        {
            x += numerators[b];
            n += denominators[b];
            blocks += denominators[b] > 0 ? 1 : 0;
        }

        if (blocks < 2)
        {
            return null;
        }

        double ratio = x / n;
        double squares = 0;
        for (int b = 0; b < denominators.Length; b++)
        {
            double residual = numerators[b] - (ratio * denominators[b]);
            squares += residual * residual;
        }

        return new(ratio, squares / (n * n) * blocks / (blocks - 1), n);
    }

    /// <inheritdoc cref="From(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static RatioEstimate? From(IEnumerable<long> numerators, IEnumerable<long> denominators) =>
        From([.. numerators.Select(x => (double)x)], [.. denominators.Select(n => (double)n)]);
}
