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

    /// <summary>Moved by a test of the grains. The first is exported after a hundred positives of rankings by probabilities.</summary>
    private static readonly string[] OfManyPositives = ["dinorleans_experiment_calibration", "dinorleans_experiment_split_off"];

    private static readonly string[] Moving =
    [
        "http_server_request_duration_seconds_count", "dinorleans_rankings_total", "dinorleans_ranking_duration_seconds_count", "dinorleans_ranking_candidates_count",
        "dinorleans_batch_duration_seconds_count", "dinorleans_batch_requests_count", "dinorleans_batch_pairs_sum", "dinorleans_events_accepted_total",
        "dinorleans_events_duplicates_total", "dinorleans_commit_duration_seconds_count", "dinorleans_commit_writes_sum", "dinorleans_model_load_duration_seconds_count",
        "dinorleans_experiment_rankings", "dinorleans_score_queue_limit", "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes",
    ];

    /// <summary>What moves where there is more to do than a server takes on, and where a version is damaged.</summary>
    private static readonly string[] MovingUnderOverload =
    [
        "dinorleans_batch_padding_total", "dinorleans_commit_queue", "dinorleans_experiment_errors", "dinorleans_model_load_failed_total", "dinorleans_ranking_log_dropped_total",
        "dinorleans_ranking_log_queue", "dinorleans_requests_refused_total", "dinorleans_score_expired_total", "dinorleans_score_queue", "dinorleans_score_rejected_total",
    ];

    /// <summary>A server that has room for little.</summary>
    private static readonly string[] Narrow =
    [
        "--Gateway:MaxConcurrentRankings", "24", "--Scoring:Workers", "1", "--Scoring:QueueLimit", "8", "--Scoring:MaxPadding", "0.9", "--Rankings:QueueBytes", "1048576",
        "--Rankings:WriteEvery", "00:00:10",
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
        Assert.DoesNotContain(named, n => n.Metric != OfPrometheus && n.Metric != OfManyPositives[0] && !metrics.ContainsKey(n.Metric));
        string[] moved = [.. Moving.Concat(MovingUnderOverload).Concat(OfManyPositives).Append(OfPrometheus).Select(Instrument)];
        Assert.DoesNotContain(named, n => !moved.Contains(Instrument(n.Metric)));
    }

    [Fact]
    public async Task Metrics_OfDashboardsAndAlerts_MoveWhereThereIsTooMuchToDo()
    {
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, [.. _shop.Arguments, .. Narrow]);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        await PublishDamagedAsync(server);
        using (HttpResponseMessage put = await server.Http.PutAsJsonAsync(
            "/v1/experiments/everybody", new { mode = "split", arms = new[] { new { name = "drawn", share = 100, temperature = 0.05 } } }, Cancellation))
        {
            Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(Cancellation));
        }

        // What waits for a moment only is seen by looking while the load is on.
        var seen = new Dictionary<string, double>();
        await Eventually.BecomesAsync(
            "the metrics have moved",
            async () =>
            {
                Task load = OverloadAsync(server);
                do
                {
                    foreach ((string name, double value) in await ScrapeAsync(server))
                    {
                        seen[name] = Math.Max(seen.GetValueOrDefault(name), value);
                    }
                }
                while (!load.IsCompleted);
                await load;
                return MovingUnderOverload.Where(name => seen.GetValueOrDefault(name) <= 0).ToArray();
            },
            still => still.Length == 0,
            TimeSpan.FromMinutes(10),
            Cancellation);
    }

    public void Dispose() => _shop.Dispose();

    /// <summary>The name of what a metric is part of: a histogram is exported as several.</summary>
    private static string Instrument(string metric) => new[] { "_bucket", "_count", "_sum" }
        .Where(end => metric.EndsWith(end, StringComparison.Ordinal)).Select(end => metric[..^end.Length]).FirstOrDefault(metric);

    /// <summary>Makes a version the target that a silo finds damaged when it loads it.</summary>
    private async Task PublishDamagedAsync(StandaloneProcess server)
    {
        string version = await new Storage.Artifacts.FolderArtifactStore(Path.Combine(_shop.Data, "versions")).ImportAsync(_shop.WriteVersion(seed: 2), Cancellation);
        await File.AppendAllTextAsync(Path.Combine(_shop.Data, "versions", version, "scorer.onnx"), "x", Cancellation);
        await PostAsync(server, "/v1/models", new { version, rollOut = false });
        await PostAsync(server, $"/v1/models/{version}/activate", new { });
    }

    /// <summary>Sends more rankings and events at once than the server takes, some of them with too little time.</summary>
    private Task OverloadAsync(StandaloneProcess server) => Task.WhenAll(Enumerable.Range(0, 100).Select(async n =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, n % 5 == 0 ? "/v1/events" : "/v1/rank")
        {
            Content = n % 5 == 0
                ? JsonContent.Create(new { events = new[] { new { eventId = $"{Guid.NewGuid()}", userId = $"user-{n}", itemId = _shop.ItemIds[n], type = "click", timestamp = DateTimeOffset.UtcNow } } })
                : JsonContent.Create(new { userId = $"user-{n % 20}", candidates = CandidatesOf(n).Select(itemId => new { itemId }) }),
        };
        if (n % 2 == 1)
        {
            request.Headers.Add("X-Deadline-Ms", $"{1 + (n % 10)}");
        }

        using HttpResponseMessage answer = await server.Http.SendAsync(request, Cancellation);
    }));

    /// <summary>Some rankings are so large that few of them fill the queue of the log, however slow the machine.</summary>
    private IEnumerable<string> CandidatesOf(int n) =>
        n % 10 == 2 ? Enumerable.Range(0, 1_000).Select(i => new string('x', 150) + i) : _shop.ItemIds.Take(100 - n);

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
