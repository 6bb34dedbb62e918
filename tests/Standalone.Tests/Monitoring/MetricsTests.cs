using System.Globalization;
using System.Net.Http.Json;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Monitoring;

/// <summary>Dashboards and alerts name metrics that the processes export and that move when the processes work.</summary>
public sealed class MetricsTests : IDisposable
{
    /// <summary>Prometheus makes it itself.</summary>
    private const string OfPrometheus = "up";

    /// <summary>Exported after a hundred positives of rankings by probabilities, which a test of the grains makes.</summary>
    private const string OfManyPositives = "dinorleans_experiment_calibration";

    private static readonly string[] Moving =
    [
        "http_server_request_duration_seconds_count", "dinorleans_rankings_total", "dinorleans_ranking_duration_seconds_count", "dinorleans_ranking_candidates_count",
        "dinorleans_batch_duration_seconds_count", "dinorleans_batch_requests_count", "dinorleans_batch_pairs_sum", "dinorleans_events_accepted_total",
        "dinorleans_events_duplicates_total", "dinorleans_commit_duration_seconds_count", "dinorleans_commit_writes_sum", "dinorleans_model_load_duration_seconds_count",
        "dinorleans_experiment_rankings", "dinorleans_score_queue_limit", "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes",
    ];

    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sum by (le) (rate(a_bucket{x=~\"b.*\"}[5m])) / c > 0.5", "a_bucket", "c")]
    [InlineData("d > 2 or e < 1e3", "d", "e")]
    [InlineData("histogram_quantile(0.99, sum(rate(f[$__rate_interval])))", "f")]
    public void Of_AnExpression_AreItsMetrics(string expression, params string[] metrics) => Assert.Equal(metrics, MetricNames.Of(expression));

    [Fact]
    public async Task Metrics_OfDashboardsAndAlerts_AreExportedAndMoveUnderLoad()
    {
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        Dictionary<string, double> before = await ScrapeAsync(server);
        Assert.Equal(0, before["dinorleans_ranking_log_dropped_total"]);
        Assert.Equal(0, before["dinorleans_model_load_failed_total"]);
        using (HttpResponseMessage put = await server.Http.PutAsJsonAsync(
            "/v1/experiments/drawn", new { mode = "split", arms = new[] { new { name = "drawn", share = 50, temperature = 0.05 } } }, Cancellation))
        {
            Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(Cancellation));
        }

        Dictionary<string, double> metrics = await Eventually.BecomesAsync(
            "the metrics have moved",
            async () =>
            {
                await LoadAsync(server);
                return await ScrapeAsync(server);
            },
            m => Moving.All(name => m.GetValueOrDefault(name) > 0),
            cancellationToken: Cancellation);

        (string Place, string Metric)[] named = [.. MetricNames.OfDashboards(), .. MetricNames.OfAlerts()];
        Assert.Contains(named, n => n.Place == "Scoring queue");
        Assert.Contains(named, n => n.Place == "DinOrleansErrors");
        Assert.DoesNotContain(named, n => n.Metric is not (OfPrometheus or OfManyPositives) && !metrics.ContainsKey(n.Metric));
    }

    public void Dispose() => _shop.Dispose();

    private async Task LoadAsync(StandaloneProcess server)
    {
        for (int user = 0; user < 10; user++)
        {
            await PostAsync(server, "/v1/rank", new { userId = $"user-{user}", candidates = _shop.ItemIds.Take(20).Select(itemId => new { itemId }) });
            await PostAsync(server, "/v1/events", new
            {
                events = new[] { new { eventId = "once", userId = $"user-{user}", itemId = _shop.ItemIds[0], type = "click", timestamp = "2026-01-01T00:00:00Z" } },
            });
        }
    }

    private static async Task PostAsync(StandaloneProcess server, string path, object body)
    {
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(path, body, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <returns>The largest value of each metric over its labels.</returns>
    private static async Task<Dictionary<string, double>> ScrapeAsync(StandaloneProcess server)
    {
        var values = new Dictionary<string, double>();
        string text = await server.Http.GetStringAsync("/metrics", Cancellation);
        foreach (string line in text.Split('\n').Where(l => l.Length > 0 && !l.StartsWith('#')))
        {
            string name = line[..line.IndexOfAny(['{', ' '])];
            string[] parts = line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            double value = double.Parse(line.Contains('{', StringComparison.Ordinal) ? parts[0] : parts[1], CultureInfo.InvariantCulture);
            values[name] = Math.Max(values.GetValueOrDefault(name, double.MinValue), value);
        }

        return values;
    }
}
