using System.Diagnostics;
using System.Net.Http.Json;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Standalone.Tests.Clustering;
using DinOrleans.Standalone.Tests.Monitoring.Otlp;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.Storage;
using DinOrleans.TestMachine;
using Google.Protobuf;
using Span = DinOrleans.Standalone.Tests.Monitoring.Otlp.Wire.Span;

namespace DinOrleans.Standalone.Tests.Monitoring;

/// <summary>The programs send metrics, traces and logs to the collector that OpenTelemetry's variables name.</summary>
public sealed class TelemetryExportTests
{
    private const string UserId = "somebody-in-particular";

    /// <summary>The spans of a ranking behind its grain, down to the run on the device and the row in the log.</summary>
    private static readonly string[] OfARanking =
    [
        GrainsActivities.ReadName, GrainsActivities.VectorsName, GrainsActivities.WaitName, GrainsActivities.BatchName, GrainsActivities.DeviceName,
        GrainsActivities.LogWaitName, GrainsActivities.LogName,
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Standalone_WithACollectorOfEachSignal_SendsMetricsAndLogsAndTheTracesThatAreSampled()
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync(Cancellation);
        using var shop = new TinyShop();
        Dictionary<string, string> environment = new(collector.SignalVariables) { ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio", ["OTEL_TRACES_SAMPLER_ARG"] = "0" };
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(environment, Cancellation, shop.Arguments);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        for (int n = 0; n < 10; n++)
        {
            await RankAsync(server.Http, shop.ItemIds, "somebody-else", caller: null);
        }

        using var caller = new Activity("caller");
        await RankAsync(server.Http, shop.ItemIds, UserId, caller);

        Span[] trace = await WaitForAsync(collector, caller, ["DinOrleans.Standalone"], OfARanking);
        AssertHasNoUserId(trace);
        Assert.All(collector.Spans, s => Assert.Equal(caller.TraceId.ToHexString(), Hex(s.Span.TraceId)));
        await WaitForMetricAsync(collector, "DinOrleans.Standalone", "dinorleans.rankings");
        await WaitForLogAsync(collector, "DinOrleans.Standalone", "Now listening on");
    }

    [Fact]
    [Trait("Category", "PostgreSql")]
    [Trait("Category", "Slow")]
    public async Task Cluster_WithACollector_SendsOneTraceFromHttpToTheDeviceRunAndToTheCommit()
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync(Cancellation);
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(silos: 1, gateways: 1, environment: collector.Variables);
        await using MemberProcess training = cluster.StartTraining([]);

        using var ranking = new Activity("caller of a ranking");
        await RankAsync(cluster.Http[0], cluster.ItemIds, UserId, ranking);
        AssertHasNoUserId(await WaitForAsync(collector, ranking, ["DinOrleans.Gateway", "DinOrleans.Silo"], OfARanking));

        using var append = new Activity("caller of an append");
        await PostAsync(cluster.Http[0], "/v1/events", append, new
        {
            events = new[] { new { eventId = "e1", userId = UserId, itemId = cluster.ItemIds[0], type = "click", timestamp = DateTimeOffset.UtcNow } },
        });
        AssertHasNoUserId(await WaitForAsync(collector, append, ["DinOrleans.Gateway", "DinOrleans.Silo"], [StorageActivities.WaitName, StorageActivities.CommitName]));

        await WaitForMetricAsync(collector, "DinOrleans.Gateway", "dinorleans.rankings");
        await WaitForMetricAsync(collector, "DinOrleans.Silo", "dinorleans.batch.duration");
        await WaitForMetricAsync(collector, "DinOrleans.Training", "dotnet.process.cpu.time");
        await WaitForLogAsync(collector, "DinOrleans.Gateway", "Now listening on");
        await WaitForLogAsync(collector, "DinOrleans.Silo", "Application started");
        await WaitForLogAsync(collector, "DinOrleans.Training", "Application started");
        Assert.DoesNotContain(collector.Logs, l => l.Line.Contains(UserId, StringComparison.Ordinal));
    }

    private static Task RankAsync(HttpClient http, IReadOnlyList<string> items, string userId, Activity? caller) =>
        PostAsync(http, "/v1/rank", caller, new { userId, candidates = items.Take(5).Select(itemId => new { itemId }) });

    /// <summary>Sends a request, as part of a trace that its caller records.</summary>
    private static async Task PostAsync(HttpClient http, string path, Activity? caller, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (caller is not null)
        {
            caller.ActivityTraceFlags = ActivityTraceFlags.Recorded;
            caller.SetIdFormat(ActivityIdFormat.W3C).Start().Stop();
            request.Headers.Add("traceparent", caller.Id);
        }

        using HttpResponseMessage answer = await http.SendAsync(request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Waits until a trace has spans of some names, from the request that the caller has sent down to each of them.</summary>
    /// <returns>The spans of the trace.</returns>
    private static async Task<Span[]> WaitForAsync(OtlpCollector collector, Activity caller, string[] services, string[] names)
    {
        (string Service, Span Span)[] trace = await Eventually.BecomesAsync(
            $"the trace has {string.Join(", ", names)}",
            () => collector.Spans.Where(s => Hex(s.Span.TraceId) == caller.TraceId.ToHexString()).ToArray(),
            spans => Array.Find(spans, IsRequest).Span is { } sent && names.All(name => spans.Any(s => s.Span.Name == name && IsBelow(s.Span, sent, spans))),
            cancellationToken: Cancellation);
        Assert.Equal(services, trace.Select(s => s.Service).Distinct().Order());
        (string service, Span request) = Assert.Single(trace, s => IsRequest(s));
        Assert.Equal(services[0], service);
        Assert.StartsWith("POST /v1/", request.Name, StringComparison.Ordinal);
        return [.. trace.Select(s => s.Span)];

        bool IsRequest((string Service, Span Span) s) => Hex(s.Span.ParentSpanId) == caller.SpanId.ToHexString();
    }

    private static bool IsBelow(Span span, Span request, (string Service, Span Span)[] trace)
    {
        while (span.SpanId != request.SpanId)
        {
            if (Array.Find(trace, s => s.Span.SpanId == span.ParentSpanId).Span is not { } parent)
            {
                return false;
            }

            span = parent;
        }

        return true;
    }

    private static void AssertHasNoUserId(Span[] trace) =>
        Assert.DoesNotContain(trace, s => s.ToString().Contains(UserId, StringComparison.Ordinal));

    private static async Task WaitForMetricAsync(OtlpCollector collector, string service, string metric) => await Eventually.BecomesAsync(
        $"{service} has sent {metric}",
        () => collector.Metrics.Keys.Where(m => m.Service == service).Select(m => m.Metric).ToArray(),
        metrics => metrics.Contains(metric),
        cancellationToken: Cancellation);

    private static async Task WaitForLogAsync(OtlpCollector collector, string service, string text) => await Eventually.BecomesAsync(
        $"{service} has logged \"{text}\"",
        () => collector.Logs.Where(l => l.Service == service).Select(l => l.Line).ToArray(),
        lines => lines.Any(l => l.Contains(text, StringComparison.Ordinal)),
        cancellationToken: Cancellation);

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
