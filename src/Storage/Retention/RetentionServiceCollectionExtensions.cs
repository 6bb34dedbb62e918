using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Retention;

/// <summary>Registers the retention of a backend's logs.</summary>
internal static class RetentionServiceCollectionExtensions
{
    /// <summary>Adds a backend's retention, set up by the section <see cref="RetentionOptions.Section"/> of the process's configuration.</summary>
    public static IServiceCollection AddRetention<TStore>(this IServiceCollection services)
        where TStore : class, IRetentionStore
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IRetentionStore, TStore>();
        services.AddHostedService<RetentionService>();
        return services;
    }
}
