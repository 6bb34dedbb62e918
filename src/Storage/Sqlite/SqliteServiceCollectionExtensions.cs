using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Experiments;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Items;
using DinOrleans.Storage.Profiles;
using DinOrleans.Storage.Registry;
using DinOrleans.Storage.Retention;
using DinOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DinOrleans.Storage;

/// <summary>Registers the embedded stores.</summary>
public static class SqliteServiceCollectionExtensions
{
    /// <summary>Keeps everything in one folder: <c>dinorleans.db</c>, and model versions in <c>versions</c>.</summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string folder)
    {
        services.AddOptions<SqliteOptions>().Configure(o => o.Folder = folder).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<StorageInstruments>();
        services.AddSingleton<SqliteDatabase>();
        services.AddHostedService<SqliteStart>();
        services.AddSingleton<SqliteWriter>();
        services.AddSingleton<IBehaviourLog, SqliteBehaviourLog>();
        services.AddSingleton<IImpressionLog, SqliteImpressionLog>();
        services.AddSingleton<IItemStore, SqliteItemStore>();
        services.AddSingleton<IProfileStore, SqliteProfileStore>();
        services.AddSingleton<IRegistryStore, SqliteRegistryStore>();
        services.AddSingleton<IExperimentStore, SqliteExperimentStore>();
        services.AddSingleton<IStoreProbe, SqliteStoreProbe>();
        services.AddArtifacts(folder, leftOversAfter: TimeSpan.Zero);
        services.AddRetention<SqliteRetentionStore>();
        return services;
    }
}
