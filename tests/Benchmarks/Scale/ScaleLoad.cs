using System.Diagnostics;
using DinOrleans.Benchmarks.Clusters;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Scale;

/// <summary>Sends a cluster the same work per silo, and reads what its processes have used.</summary>
/// <param name="cluster">The cluster, with as many gateways as silos.</param>
internal sealed class ScaleLoad(BenchmarkCluster cluster) : IDisposable
{
    private const int Connections = 32;
    private const string SentMessages = "orleans_messaging_sent_messages_size_bytes_count";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Sends requests at a rate per silo, the same share to each gateway.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="rate">Requests per second for each silo.</param>
    /// <param name="length">How long they are sent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<LoadResult> RunAsync(IRequestSource requests, int rate, TimeSpan length, CancellationToken cancellationToken)
    {
        LoadResult[] loads = await Task.WhenAll(
            cluster.Gateways.Select(g => OpenLoop.RunAsync(g.Port, requests, rate, length, cancellationToken, Connections))).ConfigureAwait(false);
        return LoadResult.Sum(loads) with { Elapsed = loads.Max(l => l.Elapsed) };
    }

    /// <summary>Reads what all processes have used so far.</summary>
    public async Task<ScaleUse> ReadAsync(CancellationToken cancellationToken)
    {
        double messages = 0;
        double calls = 0;
        foreach (ServerProcess silo in cluster.Silos)
        {
            string page = await PageAsync(silo, cancellationToken).ConfigureAwait(false);
            messages += MetricsPage.Sum(page, SentMessages);
            calls += MetricsPage.Sum(page, "orleans_messaging_processing_dispatcher_processed_total", "Direction=\"Request\"");
        }

        foreach (ServerProcess gateway in cluster.Gateways)
        {
            messages += MetricsPage.Sum(await PageAsync(gateway, cancellationToken).ConfigureAwait(false), SentMessages);
        }

        return new(
            Stopwatch.GetElapsedTime(0),
            cluster.Silos.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.ProcessorTime),
            cluster.Gateways.Aggregate(TimeSpan.Zero, (sum, g) => sum + g.ProcessorTime),
            messages,
            calls);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private Task<string> PageAsync(ServerProcess process, CancellationToken cancellationToken) =>
        _http.GetStringAsync($"http://127.0.0.1:{process.Port}/metrics", cancellationToken);
}
