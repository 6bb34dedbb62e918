using DinOrleans.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DinOrleans.Storage.Tests.Postgres;

[Trait("Category", "PostgreSql")]
public sealed class PostgresReadingTests(SharedServer server) : ReadingTests
{
    private readonly Lazy<string> _database = new(server.CreateDatabase);

    [Fact]
    public async Task Start_DatabaseWithoutTables_ThrowsAndMakesNone()
    {
        string empty = server.CreateDatabase();
        await using StoreProcess reader = StartReading(empty);
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => reader.Services.GetRequiredService<StoreStart>().StartingAsync(Cancellation));
        Assert.Equal("The database has no tables of stores, so it is not the database of a cluster.", refused.Message);
        Assert.Equal(0L, await ExecuteAsync(empty, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    protected override Task<StoreProcess> StartAsync() => PostgresStores.StartAsync(_database.Value);

    protected override Task RemoveAsync() => Task.CompletedTask;

    protected override StoreProcess StartReading() => StartReading(_database.Value);

    protected override Task SetVersionAsync(int version) => ExecuteAsync(_database.Value, $"UPDATE schema_versions SET version = {version}");

    private static StoreProcess StartReading(string database) => new(new ServiceCollection().AddLogging().AddPostgresReading(database).BuildServiceProvider());

    private static async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
