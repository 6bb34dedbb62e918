using DinOrleans.Storage.Sqlite;
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
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace DinOrleans.Storage.Tests.Sqlite;

/// <summary>Embedded stores in a temporary folder.</summary>
internal sealed class SqliteFolder
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stores-").FullName;

    public Task<StoreProcess> StartAsync() => Task.FromResult(Start(Path));

    public Task RemoveAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Makes the stores of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="logs">Takes the log lines; null to drop them.</param>
    /// <param name="add">Adds what differs from the usual.</param>
    public static StoreProcess Start(string folder, FakeLogCollector? logs = null, Action<IServiceCollection>? add = null)
    {
        IServiceCollection services = new ServiceCollection()
            .AddLogging(logging => _ = logs is null ? logging : logging.AddProvider(new FakeLoggerProvider(logs)))
            .AddSqliteStorage(folder);
        add?.Invoke(services);
        return new(services.BuildServiceProvider());
    }
}

public sealed class SqliteBehaviourLogTests : BehaviourLogTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class SqliteItemStoreTests : ItemStoreTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class SqliteProfileStoreTests : ProfileStoreTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class SqliteRegistryStoreTests : RegistryStoreTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class SqliteImpressionLogTests : ImpressionLogTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class SqliteRetentionTests : RetentionTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class SqliteExperimentStoreTests : ExperimentStoreTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class SqliteTrainingStoreTests : TrainingStoreTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class SqliteErasureStoreTests : ErasureStoreTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class SqliteKeyStoreTests : KeyStoreTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class SqliteItemDayTests : ItemDayTests
{
    private readonly SqliteFolder _folder = new();

    [Fact]
    public void Sql_OfTheRead_ReadsByIndexes() =>
        Assert.DoesNotContain("SCAN", QueryPlan.ReadsByIndexes(Store<SqliteDatabase>(), SqliteItemDayStore.ReadSql).Replace("SCAN sought", "", StringComparison.Ordinal), StringComparison.Ordinal);

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}
