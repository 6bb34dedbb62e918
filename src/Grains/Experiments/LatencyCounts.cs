namespace DinOrleans.Grains.Experiments;

/// <summary>A histogram of times. The bounds of its bins grow by a tenth from 50 µs, so a percentile is exact to 10 %.</summary>
[GenerateSerializer, Alias("DinOrleans.LatencyCounts")]
public sealed class LatencyCounts
{
    private const int Bins = 140;
    private const double Least = 50;
    private const double Growth = 1.1;

    /// <summary>[140] how many times fell into each bin.</summary>
    [Id(0)]
    public long[] Counts { get; set; } = new long[Bins];

    /// <summary>Adds a time in microseconds.</summary>
    public void Add(long microseconds)
    {
        double bin = Math.Log(Math.Max(microseconds, 1) / Least) / Math.Log(Growth);
        Counts[(int)Math.Clamp(Math.Ceiling(bin), 0, Bins - 1)]++;
    }

    /// <summary>Adds another histogram.</summary>
    public void Add(LatencyCounts other) => Sum.Into(Counts, other.Counts);

    /// <summary>A percentile in milliseconds, the upper bound of the bin it falls into; null without times.</summary>
    /// <param name="share">0..1, for example 0.99.</param>
    public double? Percentile(double share)
    {
        long total = Counts.Sum();
        long left = (long)Math.Ceiling(total * share);
        for (int bin = 0; bin < Bins && total > 0; bin++)
        {
            left -= Counts[bin];
            if (left <= 0)
            {
                return Least * Math.Pow(Growth, bin) / 1000;
            }
        }

        return null;
    }
}
