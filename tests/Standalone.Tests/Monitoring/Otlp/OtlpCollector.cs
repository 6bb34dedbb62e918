using System.Collections.Concurrent;
using DinOrleans.Standalone.Tests.Monitoring.Otlp.Wire;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Standalone.Tests.Monitoring.Otlp;

/// <summary>A collector on loopback that programs send their metrics, traces and logs to, by OTLP over HTTP. It keeps all of them.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpCollector(WebApplication app)
    {
        _app = app;
        app.MapPost("/v1/traces", http => ReceiveAsync(http, TracesRequest.Parser, Take));
        app.MapPost("/v1/metrics", http => ReceiveAsync(http, MetricsRequest.Parser, Take));
        app.MapPost("/v1/logs", http => ReceiveAsync(http, LogsRequest.Parser, Take));
    }

    /// <summary>The spans with the service that sent each.</summary>
    public ConcurrentQueue<(string Service, Span Span)> Spans { get; } = [];

    /// <summary>The names of metrics with the service that sent each.</summary>
    public ConcurrentDictionary<(string Service, string Metric), bool> Metrics { get; } = [];

    /// <summary>The log lines with the service that sent each.</summary>
    public ConcurrentQueue<(string Service, string Line)> Logs { get; } = [];

    /// <summary>The variables by which a program sends everything here, soon after it has happened.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>The same by the variables of each signal, which go before those of all signals. The latter name an address where nobody listens.</summary>
    public IReadOnlyDictionary<string, string> SignalVariables => new Dictionary<string, string>(
        Variables.Concat(new[] { "traces", "metrics", "logs" }.Select(signal => KeyValuePair.Create(
            $"OTEL_EXPORTER_OTLP_{signal.ToUpperInvariant()}_ENDPOINT", $"{_app.Urls.Single()}/v1/{signal}"))))
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9",
    };

    public static async Task<OtlpCollector> StartAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var collector = new OtlpCollector(app);
        await app.StartAsync(cancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task ReceiveAsync<T>(HttpContext http, MessageParser<T> parser, Action<T> take)
        where T : IMessage<T>
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        take(parser.ParseFrom(body.ToArray()));
        http.Response.ContentType = "application/x-protobuf";
    }

    private static string Service(Resource resource) => resource.Attributes.Single(a => a.Key == "service.name").Value.StringValue;

    private void Take(TracesRequest request)
    {
        foreach ((string service, Span span) in Flat(request.ResourceSpans, r => (Service(r.Resource), r.ScopeSpans), s => s.Spans))
        {
            Spans.Enqueue((service, span));
        }
    }

    private void Take(MetricsRequest request)
    {
        foreach ((string service, Metric metric) in Flat(request.ResourceMetrics, r => (Service(r.Resource), r.ScopeMetrics), s => s.Metrics))
        {
            Metrics[(service, metric.Name)] = true;
        }
    }

    private void Take(LogsRequest request)
    {
        foreach ((string service, LogRecord line) in Flat(request.ResourceLogs, r => (Service(r.Resource), r.ScopeLogs), s => s.LogRecords))
        {
            Logs.Enqueue((service, $"{line.Body?.StringValue} {line.Attributes}"));
        }
    }

    private static IEnumerable<(string Service, T Item)> Flat<TResource, TScope, T>(
        RepeatedField<TResource> resources, Func<TResource, (string Service, RepeatedField<TScope> Scopes)> of, Func<TScope, RepeatedField<T>> items) =>
        from resource in resources.Select(of)
        from scope in resource.Scopes
        from item in items(scope)
        select (resource.Service, item);
}
