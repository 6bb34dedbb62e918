using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Search;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DinOrleans.Storage.Tests.Postgres;

/// <summary>Indexes that are made while the catalogue is in use. A transaction that stays open holds each one up in the middle.</summary>
[Trait("Category", "PostgreSql")]
public sealed class PostgresIndexesTests(SharedServer shared)
{
    private const string Feature = "category";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PrepareAsync_WhileAnIndexIsMade_ItemsAreWrittenAndOtherProcessesDoNotWait()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess first = await PostgresStores.StartAsync(database);
        await using StoreProcess second = await PostgresStores.StartAsync(database);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database);
        await PutAsync(first, "before");
        await using (NpgsqlConnection held = await WriterAsync(source))
        {
            Task<bool> making = PrepareAsync(first, Cancellation);
            await IsBeingMadeAsync(source);

            await PutAsync(second, "meanwhile");
            Assert.False(await PrepareAsync(second, Cancellation));
            Assert.False(making.IsCompleted);

            await ExecuteAsync(held, "COMMIT");
            Assert.True(await making);
        }

        Assert.True(await PrepareAsync(second, Cancellation));
        Assert.True(await IsValidAsync(source));
        Assert.Equal(["before", "held", "meanwhile"], (await first.Services.GetRequiredService<IItemSearch>()
            .FindAsync(new ItemSearch { Feature = Feature, Value = "x" }, Cancellation)).Select(i => i.ItemId));
    }

    [Fact]
    public async Task PrepareAsync_AfterOneThatWasCutShort_MakesTheIndexAnew()
    {
        string database = shared.CreateDatabase();
        await using StoreProcess process = await PostgresStores.StartAsync(database);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(database);
        await using (NpgsqlConnection held = await WriterAsync(source))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            Task<bool> making = PrepareAsync(process, stop.Token);
            await IsBeingMadeAsync(source);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making);
            Assert.False(await IsValidAsync(source));
            await ExecuteAsync(held, "COMMIT");
        }

        // The server may need a moment to notice that it is not to go on with the first.
        await Eventually.BecomesAsync("the index is made anew", () => PrepareAsync(process, Cancellation), isSo => isSo, cancellationToken: Cancellation);
        Assert.True(await IsValidAsync(source));
    }

    private static Task<bool> PrepareAsync(StoreProcess process, CancellationToken cancellationToken) =>
        process.Services.GetRequiredService<IItemSearch>().PrepareAsync([Feature], cancellationToken);

    private static async Task PutAsync(StoreProcess process, string itemId) => await process.Services.GetRequiredService<IItemStore>()
        .PutAsync([new Item(itemId, new Dictionary<string, string> { [Feature] = "x" })], Cancellation);

    /// <summary>A connection whose transaction has written an item and is not over.</summary>
    private static async Task<NpgsqlConnection> WriterAsync(NpgsqlDataSource source)
    {
        NpgsqlConnection connection = await source.OpenConnectionAsync(Cancellation);
        await ExecuteAsync(connection, $$"""BEGIN; INSERT INTO items (item_id, features, revision) VALUES ('held', '{"{{Feature}}":"x"}', 0)""");
        return connection;
    }

    /// <summary>Waits until an index waits for the end of the transaction that is held open.</summary>
    private static async Task IsBeingMadeAsync(NpgsqlDataSource source) => await Eventually.BecomesAsync(
        "an index is being made",
        async () => (string)(await source
            .CreateCommand("SELECT coalesce(string_agg(phase, ', '), 'none') FROM pg_stat_progress_create_index WHERE datname = current_database()")
            .ExecuteScalarAsync(Cancellation))!,
        phases => phases.Contains("waiting for writers", StringComparison.Ordinal),
        cancellationToken: Cancellation);

    /// <summary>True if queries can use the index; false if it is unfinished.</summary>
    private static async Task<bool> IsValidAsync(NpgsqlDataSource source) => (bool)(await source
        .CreateCommand($"SELECT indisvalid FROM pg_index WHERE indexrelid = '{SearchText.Index(Feature)}'::regclass").ExecuteScalarAsync(Cancellation))!;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
