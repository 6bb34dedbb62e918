using System.Text.RegularExpressions;
using DinOrleans.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DinOrleans.Storage.Tests.Postgres;

/// <summary>Programs of two builds that use one database, as while a cluster is upgraded.</summary>
[Trait("Category", "PostgreSql")]
public sealed partial class PostgresMigrationTests(SharedServer shared)
{
    private static readonly string[] Older = ["CREATE TABLE things (id integer)"];
    private static readonly string[] Newer = [.. Older, "ALTER TABLE things ADD COLUMN name text"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ApplyAsync_OfAnOlderProgram_LeavesTablesThatItCanUse()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(shared.CreateDatabase());
        await ApplyAsync(source, Older, usableFrom: 1);
        await ApplyAsync(source, Newer, usableFrom: 1);

        await ApplyAsync(source, Older, usableFrom: 1);

        Assert.Equal(2, await source.CreateCommand("SELECT version FROM schema_versions WHERE part = 'things'").ExecuteScalarAsync(Cancellation));
        await source.CreateCommand("INSERT INTO things (id) VALUES (1)").ExecuteNonQueryAsync(Cancellation);
        await ApplyAsync(source, Newer, usableFrom: 1);
    }

    [Fact]
    public async Task ApplyAsync_OfAnOlderProgram_RefusesTablesThatItCannotUse()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(shared.CreateDatabase());
        await ApplyAsync(source, Newer, usableFrom: 2);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ApplyAsync(source, Older, usableFrom: 1));

        Assert.Equal("The database has version 2 of the tables of things, but this program knows up to 1. Use the program that made them, or a newer one.", refused.Message);
    }

    [Fact]
    public async Task ApplyAsync_OnTablesOfAProgramThatNotedNothing_RefusesThemWhereTheyAreNewer()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(shared.CreateDatabase());
        await source.CreateCommand("CREATE TABLE schema_versions (part text PRIMARY KEY, version integer NOT NULL); INSERT INTO schema_versions VALUES ('things', 2)")
            .ExecuteNonQueryAsync(Cancellation);

        await Assert.ThrowsAsync<InvalidDataException>(() => ApplyAsync(source, Older, usableFrom: 1));
        await ApplyAsync(source, Newer, usableFrom: 1);
    }

    [Fact]
    public void Steps_ThatOlderProgramsLiveWith_OnlyAdd()
    {
        Assert.InRange(PostgresSchema.UsableFrom, 1, PostgresSchema.Steps.Length);
        Assert.DoesNotContain(PostgresSchema.Steps[PostgresSchema.UsableFrom..], step => TakesAway().IsMatch(step));
    }

    [Theory]
    [InlineData("ALTER TABLE items DROP COLUMN features", true)]
    [InlineData("ALTER TABLE items RENAME COLUMN features TO values", true)]
    [InlineData("ALTER TABLE items ALTER COLUMN features SET NOT NULL", true)]
    [InlineData("ALTER TABLE items ADD COLUMN state integer NOT NULL;", true)]
    [InlineData("ALTER TABLE items ADD COLUMN state integer NOT NULL DEFAULT 0; CREATE TABLE t (id integer NOT NULL)", false)]
    [InlineData("DROP INDEX i; CREATE INDEX i ON items (revision)", false)]
    public void Steps_AreJudgedByTheirWords(string step, bool takesAway) => Assert.Equal(takesAway, TakesAway().IsMatch(step));

    private static Task ApplyAsync(NpgsqlDataSource source, string[] steps, int usableFrom) =>
        PostgresMigration.ApplyAsync(source, "things", steps, usableFrom, NullLogger.Instance, Cancellation);

    /// <summary>Matches what an older program would fail on.</summary>
    [GeneratedRegex(@"\bDROP\b(?! INDEX\b)|\bRENAME\b|\bSET NOT NULL\b|\bTYPE\b|ADD COLUMN (?![^,;]*DEFAULT)[^,;]*NOT NULL", RegexOptions.IgnoreCase)]
    private static partial Regex TakesAway();
}
