using DinOrleans.Programs.Starting;
using DinOrleans.Programs.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace DinOrleans.Programs.Monitoring;

/// <summary>Lets operators see how a program without a REST API is.</summary>
public static class MonitoringHosting
{
    /// <summary>
    /// Adds telemetry, probes and metrics, configured by the section <see cref="MonitoringOptions.Section"/>. Call it before other services are added, so
    /// that probes are answered while those start and stop.
    /// </summary>
    /// <typeparam name="TReadiness">Says whether the program can do its work.</typeparam>
    public static IHostApplicationBuilder AddMonitoring<TReadiness>(this IHostApplicationBuilder builder)
        where TReadiness : class, IReadiness
    {
        builder.Services.AddOptions<MonitoringOptions>().BindConfiguration(MonitoringOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IStartCheck, MonitoringAddresses>();
        builder.Services.AddSingleton<IReadiness, TReadiness>();
        builder.Services.AddSingleton<Probes>();
        builder.Services.AddHostedService<MonitoringServer>();
        return builder.AddTelemetry();
    }
}
