using DinOrleans.Grains.Experiments;
using DinOrleans.Grains.Hosting;
using DinOrleans.Grains.Inference;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Popularity;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Shop;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Grains.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Serialization.Serializers;

namespace DinOrleans.Grains;

/// <summary>Registers what the grains of a silo need, but for the stores.</summary>
public static class GrainsServiceCollectionExtensions
{
    /// <summary>Adds the grains' services, bound to the sections of <paramref name="configuration"/> and validated at start.</summary>
    public static ISiloBuilder AddDinOrleansGrains(this ISiloBuilder silo, IConfiguration configuration)
    {
        IServiceCollection services = silo.Services;
        services.AddOptions<ShopOptions>().Bind(configuration.GetSection(ShopOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ScoringOptions>()
            .Bind(configuration.GetSection(ScoringOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<ModelOptions>().Bind(configuration.GetSection(ModelOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RankingLogOptions>().Bind(configuration.GetSection(RankingLogOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ExperimentOptions>().Bind(configuration.GetSection(ExperimentOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ScoringOptions>, ScoringOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SteadyClock>();
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.ActivationManagement, (provider, _) => provider.GetRequiredService<SteadyClock>());
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, (provider, _) => provider.GetRequiredService<SteadyClock>());
        services.AddSingleton<ShopSchema>();
        services.AddSingleton<GrainsInstruments>();
        services.AddSingleton<ScoreBatcher>();
        services.AddSingleton<ModelLoader>();
        services.AddSingleton<VersionDescriptions>();
        services.AddSingleton<ModelHost>();
        services.AddSingleton<RegistrySync>();
        services.AddSingleton<ItemCatalogue>();
        services.AddSingleton<PopularityIndex>();
        services.AddSingleton<InferenceRouter>();
        services.AddSingleton<UserRanker>();
        services.AddSingleton<RankingMeasures>();
        services.AddSingleton<EventAttribution>();
        services.AddSingleton<ShadowRanker>();
        services.AddSingleton<ExperimentalRanker>();
        services.AddSingleton<IdleUsers>();
        services.AddSingleton<RankingLog>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<RankingLog>());
        AddFollower<ModelFollower>(services);
        services.AddSingleton<ExperimentDesk>();
        AddFollower<ExperimentFollower>(services);
        AddFollower<CatalogueFollower>(services);
        AddFollower<PopularityFollower>(services);
        silo.AddIncomingGrainCallFilter<GrainFailureFilter>();

        // Before those of Orleans: the first that supports a type writes it.
        services.Insert(0, ServiceDescriptor.Singleton<IGeneralizedCodec, ForeignExceptionCodec>());
        services.AddPlacementFilter<AcceleratorPlacementFilter, AcceleratorPlacementFilterDirector>(ServiceLifetime.Singleton);
        Accelerator accelerator = configuration.GetSection(ScoringOptions.Section).Get<ScoringOptions>()?.Accelerator ?? Accelerator.Cpu;
        return silo.UseSiloMetadata(AcceleratorPlacementFilter.Metadata(accelerator));
    }

    private static void AddFollower<TFollower>(IServiceCollection services)
        where TFollower : SiloFollower
    {
        services.AddSingleton<TFollower>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(s => s.GetRequiredService<TFollower>());
    }
}
