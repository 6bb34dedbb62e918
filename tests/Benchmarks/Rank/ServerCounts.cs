using System.Net;
using DinOrleans.Benchmarks.Scale;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>What a server has counted, by its own metrics.</summary>
/// <param name="Batches">The number of batches.</param>
/// <param name="Requests">The number of rankings in them.</param>
/// <param name="Pairs">Candidates times behaviours of those rankings, without padding.</param>
/// <param name="Padding">The pairs that were padding.</param>
/// <param name="Allocated">The bytes that the process allocated on its managed heap.</param>
internal sealed record ServerCounts(double Batches, double Requests, double Pairs, double Padding, double Allocated)
{
    /// <summary>The mean number of rankings in a batch; NaN without batches.</summary>
    public double RequestsPerBatch => Requests / Batches;

    /// <summary>The share of all scored pairs that were padding, 0 to 1; NaN without batches.</summary>
    public double PaddingShare => Padding / (Pairs + Padding);

    /// <summary>Reads what a server has counted since its start; null where it has no metrics.</summary>
    public static async Task<ServerCounts?> ReadAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/metrics"), cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        string page = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return new(
            MetricsPage.SumOrZero(page, "dinorleans_batch_requests_count"),
            MetricsPage.SumOrZero(page, "dinorleans_batch_requests_sum"),
            MetricsPage.SumOrZero(page, "dinorleans_batch_pairs_sum"),
            MetricsPage.SumOrZero(page, "dinorleans_batch_padding_total"),
            MetricsPage.Sum(page, "dotnet_gc_heap_total_allocated_bytes_total"));
    }

    /// <summary>Adds what was counted between two readings; null where a reading is missing.</summary>
    public static ServerCounts? Add(ServerCounts? sum, ServerCounts? before, ServerCounts? after) => before is null || after is null
        ? null
        : new(
            (sum?.Batches ?? 0) + after.Batches - before.Batches,
            (sum?.Requests ?? 0) + after.Requests - before.Requests,
            (sum?.Pairs ?? 0) + after.Pairs - before.Pairs,
            (sum?.Padding ?? 0) + after.Padding - before.Padding,
            (sum?.Allocated ?? 0) + after.Allocated - before.Allocated);
}
