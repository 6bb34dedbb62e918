using DinOrleans.Storage.Postgres;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DinOrleans.Cli.Tests.Doctor;

/// <summary><c>doctor --postgres</c>, on a database of stores and the table of silos.</summary>
[Trait("Category", "PostgreSql")]
public sealed class PostgresDoctorTests : IDisposable
{
    private const string Silos =
        """
        CREATE TABLE cluster_silos (
            cluster_id text NOT NULL, address text NOT NULL, port integer NOT NULL, generation integer NOT NULL, silo_name text NOT NULL,
            host_name text NOT NULL, status integer NOT NULL, proxy_port integer, suspect_times text, start_time timestamptz NOT NULL,
            i_am_alive_time timestamptz NOT NULL, PRIMARY KEY (cluster_id, address, port, generation));
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Doctor_Database_SaysWhatItLacksAndWhichSilosAreDead()
    {
        using PostgresServer? postgres = PostgresServer.TryStart(out string whyNot);
        Assert.SkipWhen(postgres is null, whyNot);
        string database = postgres.CreateDatabase();
        await AssertFoundAsync(database, 1, "problem: postgres: The database has no tables of the stores, so it is not the database of a cluster.");

        await using ServiceProvider stores = new ServiceCollection().AddLogging().AddPostgresStorage(database, _folder["data"]).BuildServiceProvider();
        await stores.GetRequiredService<PostgresSchema>().StartingAsync(Cancellation);
        await AssertFoundAsync(database, 0, "note: postgres: No silo uses the database.\nNothing is wrong.\n");

        await ExecuteAsync(database, Silos);
        await AddSiloAsync(database, port: 1, status: 3, "now()");
        await AssertFoundAsync(database, 0, "Nothing is wrong.\n");
        await ExecuteAsync(database, "UPDATE cluster_silos SET i_am_alive_time = now()");
        await AddSiloAsync(database, port: 2, status: 3, "now() - interval '3 days'");
        await AddSiloAsync(database, port: 3, status: 6, "now() - interval '30 minutes'");
        await AddSiloAsync(database, port: 4, status: 3, "now() + interval '1 day'");
        await AssertFoundAsync(
            database,
            1,
            "problem: silo 10.0.0.1:2@7: It is listed as active, but has said nothing for 4,3",
            " minutes. See whether its process runs.",
            "problem: silo 10.0.0.1:4@7: Its clock is ",
            "2 problems.\n");
        await ExecuteAsync(database, "TRUNCATE cluster_silos");

        int known = PostgresInspection.CurrentSchema;
        await ExecuteAsync(database, $"UPDATE schema_versions SET version = {known + 1}");
        await AssertFoundAsync(database, 1, $"problem: postgres: The database has version {known + 1} of the tables of the stores, but this program knows up to {known}.");
        await ExecuteAsync(database, $"UPDATE schema_versions SET version = {known - 1}");
        await AssertFoundAsync(database, 0, $"note: postgres: The database has version {known - 1} of the tables of the stores, this program makes {known}.");
        await ExecuteAsync(database, $"UPDATE schema_versions SET version = {known}");

        await ExecuteAsync(database, $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(database).Database} SET synchronous_commit = off");
        await AssertFoundAsync(database, 1, "problem: postgres: fsync, full_page_writes or synchronous_commit is off.");
    }

    [Fact]
    public async Task Doctor_ServerThatIsGone_IsAProblemAndKeepsThePassword() =>
        await AssertFoundAsync("Host=127.0.0.1;Port=1;Password=secret", 1, "problem: postgres: The database cannot be used: ");

    public void Dispose() => _folder.Dispose();

    private static Task AddSiloAsync(string database, int port, int status, string alive) => ExecuteAsync(
        database, $"INSERT INTO cluster_silos VALUES ('dinorleans', '10.0.0.1', {port}, 7, 'silo', 'host', {status}, 30000, NULL, now(), {alive})");

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task AssertFoundAsync(string database, int code, params string[] texts)
    {
        Ended end = await CliProcess.RunAsync(_folder.Path, "doctor", "--postgres", database);
        Assert.Equal((code, ""), (end.Code, end.Errors));
        Assert.All(texts, text => Assert.Contains(text, end.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", end.Output, StringComparison.Ordinal);
    }
}
