using DinOrleans.Storage.Postgres;
using DinOrleans.Storage.Registry;
using DinOrleans.Storage.Sqlite;
using DinOrleans.Storage.Tests.Postgres;
using DinOrleans.Storage.Tests.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DinOrleans.Storage.Tests.Registry;

/// <summary>A database of a program that stored the active version alone is brought up to date.</summary>
public sealed class RegistryMigrationTests(SharedServer server)
{
    private const string Versions =
        """
        INSERT INTO model_versions (version, info, published_at) VALUES ('a', '{"Version":"a","Kind":"din","PublishedAt":"2026-01-01T00:00:00+00:00","Metrics":{},"RefusedBecause":null}', 1);
        INSERT INTO model_versions (version, info, published_at) VALUES ('b', '{"Version":"b","Kind":"din","PublishedAt":"2026-01-02T00:00:00+00:00","Metrics":{},"RefusedBecause":REFUSED}', 2);
        """;

    private const string ActiveIsA = "INSERT INTO settings (name, value) VALUES ('active_version', 'a');";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, "null", "a", null)]
    [InlineData(false, "null", null, "b")]
    [InlineData(false, "\"is damaged\"", null, null)]
    public async Task ReadAsync_SqliteOfAnOlderProgram_KeepsWhatWasActiveOrOnItsWay(bool isActive, string refused, string? active, string? target)
    {
        var folder = new SqliteFolder();
        string file = Path.Combine(folder.Path, SqliteOptions.FileName);
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            SqliteSchema.Migrate(connection, file, SqliteSchema.Steps.AsSpan(0, Before(SqliteSchema.Steps)));
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = Old(isActive, refused);
            command.ExecuteNonQuery();
        }

        await using (StoreProcess process = await folder.StartAsync())
        {
            await AssertAsync(process, active, target);
        }

        await folder.RemoveAsync();
    }

    [Theory]
    [InlineData(true, "null", "a", null)]
    [InlineData(false, "null", null, "b")]
    [InlineData(false, "\"is damaged\"", null, null)]
    [Trait("Category", "PostgreSql")]
    public async Task ReadAsync_PostgresOfAnOlderProgram_KeepsWhatWasActiveOrOnItsWay(bool isActive, string refused, string? active, string? target)
    {
        string database = server.CreateDatabase();
        await using (NpgsqlDataSource source = NpgsqlDataSource.Create(database))
        {
            int before = Before(PostgresSchema.Steps);
            await PostgresMigration.ApplyAsync(source, "stores", PostgresSchema.Steps[..before], before, NullLogger.Instance, Cancellation);
            await using NpgsqlCommand command = source.CreateCommand(Old(isActive, refused));
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        await using StoreProcess process = await PostgresStores.StartAsync(database);
        await AssertAsync(process, active, target);
    }

    /// <summary>How many steps a program had that did not store targets yet.</summary>
    private static int Before(string[] steps) => Array.FindIndex(steps, step => step.Contains("CREATE TABLE model_activation", StringComparison.Ordinal));

    private static string Old(bool isActive, string refused) =>
        Versions.Replace("REFUSED", refused, StringComparison.Ordinal) + (isActive ? ActiveIsA : "");

    private static async Task AssertAsync(StoreProcess process, string? active, string? target)
    {
        var store = (IRegistryStore)process.Services.GetService(typeof(IRegistryStore))!;
        RegistryState state = await store.ReadAsync(Cancellation);
        Assert.Equal(new ModelActivation { Active = active, Target = target }, state.Activation);
        Assert.Equal(["b", "a"], state.Versions.Select(v => v.Version));
    }
}
