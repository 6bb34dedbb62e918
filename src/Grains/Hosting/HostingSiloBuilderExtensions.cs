using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization.Serializers;

namespace DinOrleans.Grains.Hosting;

/// <summary>Registers what all features of a silo use.</summary>
internal static class HostingSiloBuilderExtensions
{
    /// <summary>Adds the clock of the process, and lets Orleans plan by one that nobody can set.</summary>
    public static ISiloBuilder AddClocks(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services
            .AddSingleton<SteadyClock>()
            .AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, (provider, _) => provider.GetRequiredService<SteadyClock>())
            .AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, (provider, _) => provider.GetRequiredService<SteadyClock>());
        return silo;
    }

    /// <summary>Gives callers exceptions that they know, and logs the others.</summary>
    public static ISiloBuilder AddWireExceptions(this ISiloBuilder silo)
    {
        // Before the codecs of Orleans, because the first codec that supports a type writes it.
        silo.Services.Insert(0, ServiceDescriptor.Singleton<IGeneralizedCodec, ForeignExceptionCodec>());
        return silo.AddIncomingGrainCallFilter<GrainFailureFilter>();
    }

    /// <summary>Binds options to a section of the configuration, and checks them when the silo starts.</summary>
    public static IServiceCollection AddCheckedOptions<TOptions>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    /// <summary>Adds a service that starts and stops with the silo.</summary>
    public static IServiceCollection AddParticipant<TService>(this IServiceCollection services)
        where TService : class, ILifecycleParticipant<ISiloLifecycle> => services
        .AddSingleton<TService>()
        .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<TService>());
}
