namespace DinOrleans.Evaluation.Compare.Measures;

/// <summary>The spread of a measure over runs that differ in their seed only.</summary>
/// <param name="Mean">The mean, or NaN without runs.</param>
/// <param name="Deviation">The sample standard deviation (n − 1), or NaN for fewer than two runs.</param>
public sealed record Spread(double Mean, double Deviation)
{
    /// <summary>Measures the spread of values.</summary>
    public static Spread Measure(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Length == 0 ? double.NaN : all.Average();
        return new(mean, all.Length < 2 ? double.NaN : Math.Sqrt(all.Sum(v => (v - mean) * (v - mean)) / (all.Length - 1)));
    }
}
