using System.Globalization;
using System.Text;
using DinOrleans.Benchmarks.Load;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>A server under one load.</summary>
/// <param name="Server">The name of the server.</param>
/// <param name="Load">The result of the load.</param>
/// <param name="Processor">Processor time it took, all cores together.</param>
/// <param name="ResidentBytes">The memory of the server after the load.</param>
/// <param name="Counts">What it counted meanwhile; null where it does not say.</param>
internal sealed record Measurement(string Server, LoadResult Load, TimeSpan Processor, long ResidentBytes, ServerCounts? Counts)
{
    public double ProcessorMilliseconds => Processor.TotalMilliseconds / Math.Max(1, Load.Latencies.Length);
}

/// <summary>Collects measurements as one Markdown table; ratios are to the first server of a load.</summary>
internal sealed class RankTable
{
    private const double Kilobyte = 1024;
    private const double Megabyte = 1024 * Kilobyte;

    private readonly StringBuilder _text = new(
        "| N×H | load | server | rankings/s | p50 ms | p99 ms | CPU ms per ranking | RSS MB | failed | refused | rate ratio | p99 ratio | rankings per batch | padding | KB allocated per ranking |\n"
        + "|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");

    public void Add(RankShape shape, string load, IReadOnlyList<Measurement> measured)
    {
        foreach (Measurement m in measured)
        {
            string row = string.Create(
                CultureInfo.InvariantCulture,
                $"| {shape} | {load} | {m.Server} | {m.Load.RequestsPerSecond:N0} | {m.Load.Milliseconds(0.5):F2} | {m.Load.Milliseconds(0.99):F2} | {m.ProcessorMilliseconds:F3} | {m.ResidentBytes / Megabyte:N0} | {m.Load.Failed} | {m.Load.Refusals.Length} | {m.Load.RequestsPerSecond / measured[0].Load.RequestsPerSecond:F2} | {m.Load.Milliseconds(0.99) / measured[0].Load.Milliseconds(0.99):F2} | {Text(m)} |");
            Console.Error.WriteLine(row);
            _text.Append(row).Append('\n');
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Text(Measurement measured) => measured.Counts is { Batches: > 0 } counts
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.RequestsPerBatch:F2} | {100 * counts.PaddingShare:F1} % | {counts.Allocated / Kilobyte / Math.Max(1, measured.Load.Latencies.Length):F1}")
        : "||";
}
