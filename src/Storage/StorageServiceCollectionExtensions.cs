using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DinOrleans.Storage;

/// <summary>Registers what the stores of both databases use.</summary>
internal static class StorageServiceCollectionExtensions
{
    /// <summary>Adds the clock and the metrics of the stores.</summary>
    public static IServiceCollection AddClockAndMetrics(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        return services.AddSingleton<StorageInstruments>();
    }
}
