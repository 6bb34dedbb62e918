using System.Diagnostics;

namespace DinOrleans.Benchmarks.Load;

/// <summary>What a server did under a load.</summary>
/// <param name="Elapsed">The duration of the load.</param>
/// <param name="Latencies">The latencies of the answered requests in stopwatch ticks, ascending.</param>
/// <param name="Refusals">The latencies of the requests that were answered 429, in stopwatch ticks, ascending.</param>
/// <param name="Failed">The number of answers with a status other than 200 and 429.</param>
internal sealed record LoadResult(TimeSpan Elapsed, long[] Latencies, long[] Refusals, long Failed)
{
    public double RequestsPerSecond => Latencies.Length / Elapsed.TotalSeconds;

    /// <summary>Merges the records of the connections of one load.</summary>
    public static LoadResult Merge(TimeSpan elapsed, IReadOnlyList<ConnectionRecord> records) => new(
        elapsed, Sorted(records.SelectMany(r => r.Latencies)), Sorted(records.SelectMany(r => r.Refusals)), records.Sum(r => r.Failed));

    /// <summary>Adds up several loads of the same kind.</summary>
    public static LoadResult Sum(IReadOnlyList<LoadResult> rounds) => new(
        TimeSpan.FromTicks(rounds.Sum(r => r.Elapsed.Ticks)),
        Sorted(rounds.SelectMany(r => r.Latencies)),
        Sorted(rounds.SelectMany(r => r.Refusals)),
        rounds.Sum(r => r.Failed));

    /// <summary>The latency in milliseconds that a share of the answered requests does not exceed.</summary>
    /// <param name="share">0 to 1.</param>
    public double Milliseconds(double share) => Milliseconds(Latencies, share);

    /// <summary>The latency in milliseconds that a share of the refused requests does not exceed.</summary>
    public double RefusalMilliseconds(double share) => Milliseconds(Refusals, share);

    private static double Milliseconds(long[] sorted, double share) => sorted.Length == 0
        ? double.NaN
        : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))] * 1000.0 / Stopwatch.Frequency;

    private static long[] Sorted(IEnumerable<long> ticks)
    {
        long[] sorted = [.. ticks];
        Array.Sort(sorted);
        return sorted;
    }
}

/// <summary>What one connection saw.</summary>
internal sealed class ConnectionRecord
{
    public List<long> Latencies { get; } = new(16 * 1024);

    public List<long> Refusals { get; } = [];

    public long Failed { get; private set; }

    /// <summary>Notes an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="since">When it was asked for, or should have been.</param>
    public void Add(ReadOnlySpan<byte> answer, long since)
    {
        if (HttpConnection.IsOk(answer))
        {
            Latencies.Add(Stopwatch.GetTimestamp() - since);
        }
        else if (answer.StartsWith("HTTP/1.1 429"u8))
        {
            Refusals.Add(Stopwatch.GetTimestamp() - since);
        }
        else
        {
            Failed++;
        }
    }
}
