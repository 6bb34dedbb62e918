using DinOrleans.Storage.Artifacts.Hosting;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Experiments;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.ItemDays;
using DinOrleans.Storage.Keys;
using DinOrleans.Storage.Registry;
using DinOrleans.Storage.Retention;
using DinOrleans.Storage.Search;
using DinOrleans.Storage.Trainings;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Registers the embedded stores.</summary>
public static class SqliteServiceCollectionExtensions
{
    /// <summary>
    /// Keeps everything in one folder: the database <c>dinorleans.db</c>, model versions in the folder <c>versions</c>, and the erasure journal in the
    /// folder <c>erasures</c>, unless the settings of artifacts and erasures name other places.
    /// </summary>
    /// <param name="services">The services of the process. Add the stores before the services that read them at the start.</param>
    /// <param name="folder">The data folder. It is created if it is missing.</param>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services, string folder) => services
        .AddClockAndMetrics()
        .AddDatabase(folder)
        .AddErasureJournal(folder)
        .AddHostedService<SqliteStart>()
        .AddHostedService<ErasureReplay>()
        .AddSingleton<IStoreProbe, SqliteStoreProbe>()
        .AddStores()
        .AddItemDayWriter()
        .AddArtifacts(folder, leftOversAfter: TimeSpan.Zero)
        .AddRetention<SqliteRetentionStore>();

    /// <summary>
    /// Reads the stores of a data folder, also while a server on the same machine uses them. What writes is refused. <see cref="StoreStart"/> opens
    /// them.
    /// </summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="folder">The data folder of a server.</param>
    public static IServiceCollection AddSqliteReading(this IServiceCollection services, string folder) => services
        .AddClockAndMetrics()
        .AddDatabase(folder)
        .AddErasureJournal(folder)
        .Configure<SqliteOptions>(o => o.IsReadOnly = true)
        .AddSingleton<StoreStart, SqliteStart>()
        .AddStores();

    private static IServiceCollection AddDatabase(this IServiceCollection services, string folder)
    {
        services.AddOptions<SqliteOptions>().Configure(o => o.Folder = folder).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<SqliteDatabase>().AddSingleton<SqliteWriter>();
    }

    private static IServiceCollection AddStores(this IServiceCollection services) => services
        .AddSingleton<IBehaviourLog, SqliteBehaviourLog>()
        .AddSingleton<IImpressionLog, SqliteImpressionLog>()
        .AddSingleton<IItemStore, SqliteItemStore>()
        .AddSingleton<IProfileStore, SqliteProfileStore>()
        .AddSingleton<IUserSearch, SqliteUserSearch>()
        .AddSingleton<IItemSearch, SqliteItemSearch>()
        .AddSingleton<ItemDayCounts>()
        .AddSingleton<IItemDayStore, SqliteItemDayStore>()
        .AddSingleton<IRegistryStore, SqliteRegistryStore>()
        .AddSingleton<IExperimentStore, SqliteExperimentStore>()
        .AddSingleton<ITrainingStore, SqliteTrainingStore>()
        .AddSingleton<IKeyStore, SqliteKeyStore>()
        .AddSingleton<IErasureStore, SqliteErasureStore>();
}
