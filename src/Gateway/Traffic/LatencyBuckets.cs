namespace DinOrleans.Gateway.Traffic;

/// <summary>Counts of times in buckets whose width is an eighth of a doubling, so that a percentile is at most 5 % off.</summary>
internal sealed class LatencyBuckets
{
    private const int PerDoubling = 8;

    /// <summary>From one microsecond to over a minute, which no ranking lasts.</summary>
    private const int Count = 27 * PerDoubling;

    private readonly int[] _counts = new int[Count];

    public void Add(TimeSpan time)
    {
        double microseconds = Math.Max(time.TotalMicroseconds, 1);
        _counts[Math.Min((int)(Math.Log2(microseconds) * PerDoubling), Count - 1)]++;
    }

    public void Add(LatencyBuckets other)
    {
        for (int i = 0; i < Count; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    public void Clear() => Array.Clear(_counts);

    /// <summary>The time in milliseconds that a share of the times do not exceed; null where there are none.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    public double? Percentile(double share)
    {
        long total = _counts.Sum(c => (long)c);
        if (total == 0)
        {
            return null;
        }

        long wanted = Math.Max(1, (long)Math.Ceiling(total * share));
        int bucket = 0;
        for (long seen = _counts[0]; seen < wanted; seen += _counts[bucket])
        {
            bucket++;
        }

        return Math.Round(double.Exp2((bucket + 0.5) / PerDoubling) / 1000, 3);
    }
}
