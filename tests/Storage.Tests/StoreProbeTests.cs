using DinOrleans.Storage.Tests.Postgres;
using DinOrleans.Storage.Tests.Sqlite;

namespace DinOrleans.Storage.Tests;

public abstract class StoreProbeTests : StoreTests
{
    [Fact]
    public async Task WriteAsync_AgainAndAgain_IsTaken()
    {
        await Store<IStoreProbe>().WriteAsync(Cancellation);
        await Store<IStoreProbe>().WriteAsync(Cancellation);
    }
}

public sealed class SqliteStoreProbeTests : StoreProbeTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class PostgresStoreProbeTests(SharedServer server) : StoreProbeTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}
