using DinOrleans.Storage.Tests.Search;

namespace DinOrleans.Storage.Tests.Postgres;

[Trait("Category", "PostgreSql")]
public sealed class PostgresUserSearchTests(SharedServer server) : UserSearchTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}

[Trait("Category", "PostgreSql")]
public sealed class PostgresItemSearchTests(SharedServer server) : ItemSearchTests
{
    private readonly PostgresStores _stores = new(server);

    protected override Task<StoreProcess> StartAsync() => _stores.StartAsync();

    protected override Task RemoveAsync() => Task.CompletedTask;
}
