using DinOrleans.Grains.Hosting;

namespace DinOrleans.Grains.Health;

/// <summary>Registers what tells the cluster how this silo is.</summary>
internal static class HealthSiloBuilderExtensions
{
    public static ISiloBuilder AddLoadReports(this ISiloBuilder silo)
    {
        silo.Services.AddParticipant<LoadReporter>();
        return silo;
    }
}
