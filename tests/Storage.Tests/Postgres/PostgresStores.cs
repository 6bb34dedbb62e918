using DinOrleans.Storage.Postgres;
using DinOrleans.Storage.Tests.Behaviours;
using DinOrleans.Storage.Tests.Erasures;
using DinOrleans.Storage.Tests.Experiments;
using DinOrleans.Storage.Tests.Features;
using DinOrleans.Storage.Tests.Impressions;
using DinOrleans.Storage.Tests.ItemDays;
using DinOrleans.Storage.Tests.Keys;
using DinOrleans.Storage.Tests.Registry;
using DinOrleans.Storage.Tests.Retention;
using DinOrleans.Storage.Tests.Trainings;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Tests.Postgres;

/// <summary>A cluster's stores in a database of their own.</summary>
public sealed class PostgresStores(SharedServer server)
{
    private readonly Lazy<string> _database = new(server.CreateDatabase);

    /// <summary>Opens the stores as one more process.</summary>
    public Task<StoreProcess> StartAsync() => StartAsync(_database.Value);

    /// <param name="connectionString">Of the database.</param>
    /// <param name="time">The clock of the process; null for that of the machine.</param>
    public static async Task<StoreProcess> StartAsync(string connectionString, TimeProvider? time = null)
    {
        ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(time ?? TimeProvider.System)
            .AddPostgresStorage(connectionString, "unused")
            .BuildServiceProvider();
        await services.GetRequiredService<PostgresSchema>().StartingAsync(TestContext.Current.CancellationToken);
        return new(services);
    }
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresBehaviourLogTests(SharedServer server) : BehaviourLogTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresItemStoreTests(SharedServer server) : ItemStoreTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresProfileStoreTests(SharedServer server) : ProfileStoreTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresRegistryStoreTests(SharedServer server) : RegistryStoreTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresImpressionLogTests(SharedServer server) : ImpressionLogTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresRetentionTests(SharedServer server) : RetentionTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresExperimentStoreTests(SharedServer server) : ExperimentStoreTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresTrainingStoreTests(SharedServer server) : TrainingStoreTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresErasureStoreTests(SharedServer server) : ErasureStoreTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresKeyStoreTests(SharedServer server) : KeyStoreTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresItemDayTests(SharedServer server) : ItemDayTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}
