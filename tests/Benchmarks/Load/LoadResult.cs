using System.Diagnostics;

namespace DinOrleans.Benchmarks.Load;

/// <summary>What a server did under a load.</summary>
/// <param name="Elapsed">How long it was loaded.</param>
/// <param name="Latencies">Of the requests answered, in stopwatch ticks, ascending.</param>
/// <param name="Failed">Answers of another status than 200.</param>
internal sealed record LoadResult(TimeSpan Elapsed, long[] Latencies, long Failed)
{
    public double RequestsASecond => Latencies.Length / Elapsed.TotalSeconds;

    /// <summary>Brings the parts of one load together.</summary>
    public static LoadResult Of(TimeSpan elapsed, IEnumerable<ConnectionRecord> records)
    {
        long[] latencies = [.. records.SelectMany(r => r.Latencies)];
        Array.Sort(latencies);
        return new(elapsed, latencies, records.Sum(r => r.Failed));
    }

    /// <summary>Loads of the same kind as one.</summary>
    public static LoadResult Sum(IReadOnlyList<LoadResult> rounds)
    {
        long[] latencies = [.. rounds.SelectMany(r => r.Latencies)];
        Array.Sort(latencies);
        return new(TimeSpan.FromTicks(rounds.Sum(r => r.Elapsed.Ticks)), latencies, rounds.Sum(r => r.Failed));
    }

    /// <summary>A latency in milliseconds that a share of the requests stays within.</summary>
    /// <param name="share">0 to 1.</param>
    public double Milliseconds(double share) => Latencies.Length == 0
        ? double.NaN
        : Latencies[Math.Min(Latencies.Length - 1, (int)(share * Latencies.Length))] * 1000.0 / Stopwatch.Frequency;
}

/// <summary>What one connection saw.</summary>
internal sealed class ConnectionRecord
{
    public List<long> Latencies { get; } = new(16 * 1024);

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
        else
        {
            Failed++;
        }
    }
}
