namespace DinOrleans.Evaluation.Compare.Measures;

/// <summary>A measure over runs that differ in their seed only.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Sample standard deviation (n − 1); NaN of a single run.</param>
public sealed record Spread(double Mean, double Deviation)
{
    public static Spread Measure(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Length == 0 ? double.NaN : all.Average();
        return new(mean, all.Length < 2 ? double.NaN : Math.Sqrt(all.Sum(v => (v - mean) * (v - mean)) / (all.Length - 1)));
    }
}
