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

namespace DinOrleans.Storage.Postgres;

/// <summary>Registers the stores of a cluster.</summary>
public static class PostgresServiceCollectionExtensions
{
    /// <summary>
    /// Keeps everything in PostgreSQL, except model versions, which are in a folder that all silos see unless the settings of artifacts name another
    /// store, and the erasure journal, which is in that folder too unless its settings name another one.
    /// </summary>
    /// <param name="services">The services of the process. Add the stores before the services that read them at the start.</param>
    /// <param name="connectionString">The Npgsql connection string of a database that the program may create tables in.</param>
    /// <param name="folder">The shared folder. Model versions are in its folder <c>versions</c>.</param>
    /// <param name="removes">False in a process that leaves the removal of rows past their time, and of erased users, to the silos.</param>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, string connectionString, string folder, bool removes = true)
    {
        services
            .AddClockAndMetrics()
            .AddDatabase(connectionString)
            .AddSingleton<PostgresSchema>()
            .AddHostedService(s => s.GetRequiredService<PostgresSchema>())
            .AddErasureJournal(folder)
            .AddSingleton<IStoreProbe, PostgresStoreProbe>()
            .AddStores()
            .AddItemDayWriter()
            .AddArtifacts(folder, leftOversAfter: ArtifactStart.SharedAge);
        return removes ? services.AddHostedService<ErasureReplay>().AddRetention<PostgresRetentionStore>() : services;
    }

    /// <summary>
    /// Reads the stores of a cluster, whose database is neither created nor brought up to date. <see cref="StoreStart"/> opens them.
    /// </summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="connectionString">The Npgsql connection string of a cluster's database.</param>
    public static IServiceCollection AddPostgresReading(this IServiceCollection services, string connectionString) => services
        .AddClockAndMetrics()
        .AddDatabase(connectionString)
        .AddErasureJournal(folder: "")
        .AddSingleton<StoreStart, PostgresReadingStart>()
        .AddStores();

    private static IServiceCollection AddDatabase(this IServiceCollection services, string connectionString)
    {
        services.AddOptions<PostgresOptions>().Configure(o => o.ConnectionString = connectionString).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<PostgresDatabase>().AddSingleton<PostgresEventWriter>();
    }

    private static IServiceCollection AddStores(this IServiceCollection services) => services
        .AddSingleton<IBehaviourLog, PostgresBehaviourLog>()
        .AddSingleton<IImpressionLog, PostgresImpressionLog>()
        .AddSingleton<IItemStore, PostgresItemStore>()
        .AddSingleton<IProfileStore, PostgresProfileStore>()
        .AddSingleton<IUserSearch, PostgresUserSearch>()
        .AddSingleton<IItemSearch, PostgresItemSearch>()
        .AddSingleton<ItemDayCounts>()
        .AddSingleton<IItemDayStore, PostgresItemDayStore>()
        .AddSingleton<IRegistryStore, PostgresRegistryStore>()
        .AddSingleton<IExperimentStore, PostgresExperimentStore>()
        .AddSingleton<ITrainingStore, PostgresTrainingStore>()
        .AddSingleton<IKeyStore, PostgresKeyStore>()
        .AddSingleton<IErasureStore, PostgresErasureStore>();
}
