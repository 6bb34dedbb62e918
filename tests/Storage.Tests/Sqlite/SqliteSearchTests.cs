using DinOrleans.Storage.Search;
using DinOrleans.Storage.Sqlite;
using DinOrleans.Storage.Tests.Search;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Tests.Sqlite;

public sealed class SqliteUserSearchTests : UserSearchTests
{
    private readonly SqliteFolder _folder = new();

    [Fact]
    public void Sql_OfEverySearch_ReadsByIndexes()
    {
        foreach (string sql in (string[])[SqliteUserSearch.FindSql(isAfter: true), SqliteUserSearch.FindSql(isAfter: false), SqliteUserSearch.SampleSql])
        {
            QueryPlan.ReadsByIndexes(Store<SqliteDatabase>(), sql);
        }
    }

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

public sealed class SqliteItemSearchTests : ItemSearchTests
{
    private readonly SqliteFolder _folder = new();

    [Theory]
    [InlineData(null)]
    [InlineData("category")]
    public async Task Sql_OfEverySearch_ReadsByIndexes(string? feature)
    {
        await Store<IItemSearch>().PrepareAsync(["category"], Cancellation);
        string plan = QueryPlan.ReadsByIndexes(Store<SqliteDatabase>(), SqliteItemSearch.FindSql(feature, isAfter: false));
        Assert.Contains(feature is null ? "sqlite_autoindex_items" : SearchText.Index(feature), plan, StringComparison.Ordinal);
    }

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}

/// <summary>How SQLite would run a query.</summary>
internal static class QueryPlan
{
    /// <summary>Requires that a query reads no table from its beginning to its end, and sorts nothing but what it has found.</summary>
    /// <returns>The plan.</returns>
    public static string ReadsByIndexes(SqliteDatabase database, string sql)
    {
        using SqliteConnection connection = database.Open();
        using SqliteCommand command = connection.CreateCommand();

        // A pooled connection learns of an index that another one has made when it next reads.
        command.CommandText = "SELECT 1 FROM items LIMIT 1";
        command.ExecuteScalar();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        string plan = string.Join('\n', command.ReadRows(row => row.GetString(3)));
        Assert.Contains("SEARCH", plan, StringComparison.Ordinal);
        foreach (string table in (string[])["users", "profiles", "items", "events"])
        {
            Assert.DoesNotContain("SCAN " + table, plan, StringComparison.Ordinal);
        }

        return plan;
    }
}
