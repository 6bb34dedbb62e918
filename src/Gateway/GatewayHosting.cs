using DinOrleans.Gateway.Events;
using DinOrleans.Gateway.Health;
using DinOrleans.Gateway.Items;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Models;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Rank;
using DinOrleans.Gateway.Users;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace DinOrleans.Gateway;

/// <summary>Composes the REST interface in a process that has a grain factory: an Orleans client's, or a silo's own.</summary>
public static class GatewayHosting
{
    private const string OwnMeters = "DinOrleans.*";

    /// <summary>Adds what the endpoints need.</summary>
    public static IHostApplicationBuilder AddGateway(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<GatewayOptions>().Bind(builder.Configuration.GetSection(GatewayOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<GatewayOptions>>((kestrel, gateway) =>
        {
            kestrel.Limits.MaxRequestBodySize = gateway.Value.MaxBodyBytes;
            kestrel.AddServerHeader = false;
        });
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, WireJson.Default));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<InputSchemaCache>();
        services.AddSingleton<GatewayInstruments>();
        services.AddOpenApi("v1");
        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(OwnMeters).AddAspNetCoreInstrumentation().AddPrometheusExporter());
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddSource("Microsoft.Orleans.Application")).UseOtlpExporter();
        }

        return builder;
    }

    /// <summary>Maps the endpoints.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.MapRank();
        app.MapEvents();
        app.MapItems();
        app.MapUsers();
        app.MapModels();
        app.MapHealth();
        app.MapOpenApi();
        app.MapPrometheusScrapingEndpoint();
        return app;
    }
}
