using System.Globalization;
using System.Net;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>What the batches of a server held, by its own metrics.</summary>
/// <param name="Batches">The number of batches.</param>
/// <param name="Requests">The number of rankings in them.</param>
/// <param name="Pairs">Candidates times behaviours of those rankings, without padding.</param>
/// <param name="Padding">The pairs that were padding.</param>
internal sealed record BatchCounts(double Batches, double Requests, double Pairs, double Padding)
{
    /// <summary>The mean number of rankings in a batch; NaN without batches.</summary>
    public double RequestsPerBatch => Requests / Batches;

    /// <summary>The share of all scored pairs that were padding, 0 to 1; NaN without batches.</summary>
    public double PaddingShare => Padding / (Pairs + Padding);

    /// <summary>Reads what a server has counted since its start; null where it has no metrics.</summary>
    public static async Task<BatchCounts?> ReadAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/metrics"), cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        string[] lines = (await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).Split('\n');
        return new(
            Sum(lines, "dinorleans_batch_requests_count"),
            Sum(lines, "dinorleans_batch_requests_sum"),
            Sum(lines, "dinorleans_batch_pairs_sum"),
            Sum(lines, "dinorleans_batch_padding_total"));
    }

    /// <summary>Adds what was counted between two readings; null where a reading is missing.</summary>
    public static BatchCounts? Add(BatchCounts? sum, BatchCounts? before, BatchCounts? after) => before is null || after is null
        ? null
        : new(
            (sum?.Batches ?? 0) + after.Batches - before.Batches,
            (sum?.Requests ?? 0) + after.Requests - before.Requests,
            (sum?.Pairs ?? 0) + after.Pairs - before.Pairs,
            (sum?.Padding ?? 0) + after.Padding - before.Padding);

    /// <summary>The sum of a metric over its labels. A line has the name, labels in braces or none, the value and perhaps a time.</summary>
    private static double Sum(string[] lines, string metric) => lines
        .Where(line => line.StartsWith(metric, StringComparison.Ordinal) && line.Length > metric.Length && line[metric.Length] is '{' or ' ')
        .Sum(line => double.Parse(line[(line.LastIndexOf('}') is var labels && labels >= 0 ? labels + 1 : metric.Length)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
}
