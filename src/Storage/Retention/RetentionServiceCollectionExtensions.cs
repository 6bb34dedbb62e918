using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Retention;

/// <summary>Registers the removal of old events and rankings.</summary>
internal static class RetentionServiceCollectionExtensions
{
    /// <summary>Adds the removal of old rows from a database, configured by the section <see cref="RetentionOptions.Section"/>.</summary>
    public static IServiceCollection AddRetention<TStore>(this IServiceCollection services)
        where TStore : class, IRetentionStore
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IRetentionStore, TStore>();
        services.AddHostedService<RetentionService>();
        return services;
    }
}
