using System.Globalization;
using System.Text;
using DinOrleans.Benchmarks.Load;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>A server under one load.</summary>
/// <param name="Server">The name of the server.</param>
/// <param name="Load">The result of the load.</param>
/// <param name="Processor">Processor time it took, all cores together.</param>
/// <param name="ResidentBytes">The memory of the server after the load.</param>
/// <param name="Batches">What its batches held; null where it does not say.</param>
internal sealed record Measurement(string Server, LoadResult Load, TimeSpan Processor, long ResidentBytes, BatchCounts? Batches)
{
    public double ProcessorMilliseconds => Processor.TotalMilliseconds / Math.Max(1, Load.Latencies.Length);
}

/// <summary>Collects measurements as one Markdown table; ratios are to the first server of a load.</summary>
internal sealed class RankTable
{
    private const double Megabyte = 1024 * 1024;

    private readonly StringBuilder _text = new(
        "| N×H | load | server | rankings/s | p50 ms | p99 ms | CPU ms per ranking | RSS MB | failed | rate ratio | p99 ratio | rankings per batch | padding |\n"
        + "|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");

    public void Add(RankShape shape, string load, IReadOnlyList<Measurement> measured)
    {
        foreach (Measurement m in measured)
        {
            string row = string.Create(
                CultureInfo.InvariantCulture,
                $"| {shape} | {load} | {m.Server} | {m.Load.RequestsPerSecond:N0} | {m.Load.Milliseconds(0.5):F2} | {m.Load.Milliseconds(0.99):F2} | {m.ProcessorMilliseconds:F3} | {m.ResidentBytes / Megabyte:N0} | {m.Load.Failed + m.Load.Refusals.Length} | {m.Load.RequestsPerSecond / measured[0].Load.RequestsPerSecond:F2} | {m.Load.Milliseconds(0.99) / measured[0].Load.Milliseconds(0.99):F2} | {Text(m.Batches)} |");
            Console.Error.WriteLine(row);
            _text.Append(row).Append('\n');
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Text(BatchCounts? batches) =>
        batches is { Batches: > 0 } ? string.Create(CultureInfo.InvariantCulture, $"{batches.RequestsPerBatch:F2} | {100 * batches.PaddingShare:F1} %") : "|";
}
