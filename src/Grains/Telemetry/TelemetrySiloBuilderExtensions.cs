using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Grains.Telemetry;

/// <summary>Registers the metrics of the grains.</summary>
internal static class TelemetrySiloBuilderExtensions
{
    public static ISiloBuilder AddGrainsTelemetry(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<GrainsInstruments>();
        return silo;
    }
}
