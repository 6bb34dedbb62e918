namespace DinOrleans.Datasets.Shoppers.Reporting;

/// <summary>Counts durations in buckets that are 2 % wide, from 1 microsecond to 1,000 seconds, so that quantiles of any number of them need little memory.</summary>
internal sealed class LatencyHistogram
{
    private const double Width = 1.02;
    private const double Most = 1e9;

    private readonly long[] _counts = new long[Bucket(Most) + 1];

    /// <summary>The number of durations that were counted.</summary>
    public long Count { get; private set; }

    public void Add(TimeSpan duration)
    {
        _counts[Bucket(Math.Clamp(duration.TotalMicroseconds, 1, Most))]++;
        Count++;
    }

    /// <summary>The duration that a share of all durations does not pass, to within 2 %, in milliseconds.</summary>
    /// <param name="share">The share, above 0 and at most 1.</param>
    /// <returns>Null where nothing was counted.</returns>
    public double? Quantile(double share)
    {
        if (Count == 0)
        {
            return null;
        }

        long wanted = (long)Math.Ceiling(share * Count);
        long seen = 0;
        int bucket = 0;
        while ((seen += _counts[bucket]) < wanted)
        {
            bucket++;
        }

        return Math.Pow(Width, bucket + 0.5) / 1000;
    }

    private static int Bucket(double microseconds) => (int)(Math.Log(microseconds) / Math.Log(Width));
}
