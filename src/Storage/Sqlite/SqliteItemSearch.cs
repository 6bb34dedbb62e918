using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Search;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IItemSearch"/>
public sealed class SqliteItemSearch(SqliteDatabase database, SqliteWriter writer) : IItemSearch
{
    /// <summary>An item that was removed keeps its id.</summary>
    private static readonly string IsThere = $"state <> {(int)ItemState.Removed}";

    /// <inheritdoc/>
    public async Task<bool> PrepareAsync(IReadOnlyList<string> features, CancellationToken cancellationToken)
    {
        // Each index is a write of its own, so that what waits is written between two of them.
        foreach (string feature in features)
        {
            await writer.WriteAsync(
                session => session.Execute($"CREATE INDEX IF NOT EXISTS {SearchText.Index(feature)} ON items ({ValueOf(feature)}, item_id)"), cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Item>> FindAsync(ItemSearch search, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Item>>(
        connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            (string bound, bool isAfter) = SearchText.Bound(search.Prefix, search.After ?? "");
            command.CommandText = FindSql(search.Feature, isAfter);
            command.Parameters.AddWithValue("$bound", bound);
            command.Parameters.AddWithValue("$end", SearchText.End(search.Prefix));
            command.Parameters.AddWithValue("$limit", search.Limit);
            if (search.Feature is not null)
            {
                command.Parameters.AddWithValue("$value", search.Value);
            }

            return command.ReadRows(ItemColumns.Read);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Item>> GetAsync(IReadOnlyList<string> itemIds, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Item>>(
        connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT {ItemColumns.OfItem} FROM items WHERE item_id IN ({command.AddList("$id", itemIds)}) AND {IsThere}";
            return command.ReadRows(ItemColumns.Read);
        },
        cancellationToken);

    internal static string FindSql(string? feature, bool isAfter)
    {
        string ofFeature = feature is null ? "" : $"{ValueOf(feature)} = $value AND ";
        return $"SELECT {ItemColumns.OfItem} FROM items WHERE {ofFeature}{SearchText.Range("item_id", "$bound", "$end", isAfter)} AND {IsThere} ORDER BY item_id LIMIT $limit";
    }

    /// <summary>The value of a feature. An index is used by a query that has the same expression.</summary>
    private static string ValueOf(string feature) => $"(features ->> '{SearchText.Checked(feature)}')";
}
