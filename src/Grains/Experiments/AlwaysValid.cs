using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Grains.Experiments;

/// <summary>
/// Intervals that hold the true difference at all times together, so that a decision may be taken at any look: the mixture sequential probability
/// ratio test with a normal prior (Johari, Koomen, Pekelis and Walsh, "Peeking at A/B Tests", KDD 2017).
/// </summary>
internal static class AlwaysValid
{
    /// <summary>The probability that an interval ever misses the true difference.</summary>
    public const double Alpha = 0.01;

    /// <summary>The size of the differences that the test is most sensitive to, relative to the champion.</summary>
    private const double Expected = 0.05;

    /// <summary>The relative difference to the champion and its interval; null where the champion's value or the variance is 0.</summary>
    /// <param name="difference">The estimate of the absolute difference.</param>
    /// <param name="variance">Its variance.</param>
    /// <param name="champion">The champion's value.</param>
    public static MeasuredDifference? Relative(double difference, double variance, double champion)
    {
        if (champion <= 0 || variance <= 0)
        {
            return null;
        }

        double prior = Expected * champion;
        double half = HalfWidth(variance, prior * prior);
        return new(difference / champion, (difference - half) / champion, (difference + half) / champion);
    }

    /// <summary>
    /// The half width of the interval, <c>√(2 V (V + τ²) / τ² · ln(√((V + τ²) / V) / α))</c>.
    /// </summary>
    /// <param name="variance">V, the variance of the estimate of the difference.</param>
    /// <param name="prior">τ², the variance of the prior of the difference.</param>
    private static double HalfWidth(double variance, double prior) =>
        Math.Sqrt(2 * variance * (variance + prior) / prior * Math.Log(Math.Sqrt((variance + prior) / variance) / Alpha));
}
