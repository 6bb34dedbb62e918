using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Experiments;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Items;
using DinOrleans.Storage.Postgres;
using DinOrleans.Storage.Profiles;
using DinOrleans.Storage.Registry;
using DinOrleans.Storage.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DinOrleans.Storage;

/// <summary>Registers the stores of a cluster.</summary>
public static class PostgresServiceCollectionExtensions
{
    /// <summary>Keeps everything in PostgreSQL but for model versions, which are in a folder that all silos see.</summary>
    /// <param name="services">Of the process. Add the stores before what reads them at its start.</param>
    /// <param name="connectionString">Of a database that the program may make tables in.</param>
    /// <param name="folder">Model versions are in its folder <c>versions</c>.</param>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, string connectionString, string folder)
    {
        services.AddOptions<PostgresOptions>().Configure(o => o.ConnectionString = connectionString).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<StorageInstruments>();
        services.AddSingleton<PostgresDatabase>();
        services.AddSingleton<PostgresSchema>();
        services.AddHostedService(s => s.GetRequiredService<PostgresSchema>());
        services.AddSingleton<PostgresEventWriter>();
        services.AddSingleton<IBehaviourLog, PostgresBehaviourLog>();
        services.AddSingleton<IImpressionLog, PostgresImpressionLog>();
        services.AddSingleton<IItemStore, PostgresItemStore>();
        services.AddSingleton<IProfileStore, PostgresProfileStore>();
        services.AddSingleton<IRegistryStore, PostgresRegistryStore>();
        services.AddSingleton<IExperimentStore, PostgresExperimentStore>();
        services.AddSingleton<IStoreProbe, PostgresStoreProbe>();
        services.AddArtifacts(folder, leftOversAfter: ArtifactLeftOvers.SharedAge);
        services.AddRetention<PostgresRetentionStore>();
        return services;
    }
}
