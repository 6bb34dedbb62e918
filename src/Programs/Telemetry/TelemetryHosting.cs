using DinOrleans.Programs.Starting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DinOrleans.Programs.Telemetry;

/// <summary>
/// Collects the metrics of a program, for <c>/metrics</c>. Metrics, traces and logs go out by OTLP only where OpenTelemetry's standard variables name a
/// collector: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or the variable of one signal such as <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>.
/// </summary>
public static class TelemetryHosting
{
    /// <summary>The meters whose metrics are exported. A star stands for any text.</summary>
    private static readonly string[] Meters =
        ["DinOrleans.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <summary>The sources whose spans are exported besides those of HTTP requests.</summary>
    private static readonly string[] Sources =
        ["DinOrleans.*", "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Lifecycle", "Npgsql"];

    /// <summary>Adds metrics, and exporters where a collector is named.</summary>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IStartCheck, CollectorVariables>();
        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.Clear().AddService(builder.Environment.ApplicationName).AddTelemetrySdk().AddEnvironmentVariableDetector());
        var (metricsExporter, tracesExporter, logsExporter) = (Exporter(builder, "METRICS"), Exporter(builder, "TRACES"), Exporter(builder, "LOGS"));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters).AddPrometheusExporter();
            if (metricsExporter.IsWanted)
            {
                metrics.AddOtlpExporter(metricsExporter.Apply);
            }
        });
        if (tracesExporter.IsWanted)
        {
            telemetry.WithTracing(traces => traces.AddProgramSpans().AddOtlpExporter(tracesExporter.Apply));
        }

        if (logsExporter.IsWanted)
        {
            telemetry.WithLogging(logs => logs.AddOtlpExporter(logsExporter.Apply), options => options.IncludeFormattedMessage = true);
        }

        return builder;
    }

    /// <summary>True if a collector of traces is named. A trace that goes nowhere would still cost every request and every grain call a span.</summary>
    public static bool ExportsTraces(this IHostApplicationBuilder builder) => Exporter(builder, "TRACES").IsWanted;

    /// <summary>Adds the spans of HTTP requests, grain calls, statements and the programs' own work, without user ids.</summary>
    public static TracerProviderBuilder AddProgramSpans(this TracerProviderBuilder traces) => traces
        .AddAspNetCoreInstrumentation(o => o.Filter = http => !http.Request.Path.StartsWithSegments("/health") && !http.Request.Path.StartsWithSegments("/metrics"))
        .AddSource(Sources)
        .AddProcessor(new UserIdRemoval());

    private static SignalExporter Exporter(IHostApplicationBuilder builder, string signal) => new(builder.Configuration, signal);
}
