using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace DinOrleans.Gateway.Hosting;

/// <summary>Serves metrics at <c>/metrics</c>. Metrics and traces go out over OTLP only where the standard variable names a collector.</summary>
internal static class TelemetryHosting
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds the metrics of all parts, and traces where a collector is named.</summary>
    public static void AddGatewayTelemetry(this IHostApplicationBuilder builder)
    {
        bool exports = !string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]);
        var telemetry = builder.Services.AddOpenTelemetry();
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter("DinOrleans.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime");
            metrics.AddPrometheusExporter();
            if (exports)
            {
                metrics.AddOtlpExporter();
            }
        });

        // A trace that goes nowhere would still cost every request an activity.
        if (exports)
        {
            telemetry.WithTracing(traces => traces
                .AddAspNetCoreInstrumentation()
                .AddSource("Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application")
                .AddOtlpExporter());
        }
    }
}
