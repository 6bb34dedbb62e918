using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Search;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IItemSearch"/>
public sealed class PostgresItemSearch(PostgresDatabase database) : IItemSearch
{
    /// <summary>The key of the advisory lock under which indexes are made: processes that start at once must not make the same one.</summary>
    private const long LockKey = PostgresMigration.LockKey + 16;

    /// <summary>An item that was removed keeps its id.</summary>
    private static readonly string IsThere = $"state <> {(int)ItemState.Removed}";

    /// <inheritdoc/>
    public async Task PrepareAsync(IReadOnlyList<string> features, CancellationToken cancellationToken)
    {
        // A statement that finds its index there would still wait for every writer of items, so it is asked for first.
        List<string> made = await database.ReadRowsAsync(
            "SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema() AND tablename = 'items'", [], row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        string[] missing = [.. features.Where(f => !made.Contains(SearchText.Index(f)))];
        if (missing.Length == 0)
        {
            return;
        }

        PostgresBatch batch = new PostgresBatch { HasTimeout = false }.Add($"DO 'BEGIN PERFORM pg_advisory_xact_lock({LockKey}); END'", []);
        foreach (string feature in missing)
        {
            batch.Add($"CREATE INDEX IF NOT EXISTS {SearchText.Index(feature)} ON items ({ValueOf(feature)}, item_id)", []);
        }

        await database.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Item>> FindAsync(ItemSearch search, CancellationToken cancellationToken)
    {
        (string bound, bool isAfter) = SearchText.Bound(search.Prefix, search.After ?? "");
        string ofFeature = search.Feature is null ? "" : $"{ValueOf(search.Feature)} = $4 AND ";
        object[] values = [bound, SearchText.End(search.Prefix), (long)search.Limit];
        return await database.ReadRowsAsync(
            $"SELECT {ItemColumns.OfItem} FROM items WHERE {ofFeature}{SearchText.Range("item_id", "$1", "$2", isAfter)} AND {IsThere} ORDER BY item_id LIMIT $3",
            search.Feature is null ? values : [.. values, search.Value!],
            ItemColumns.Read,
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Item>> GetAsync(IReadOnlyList<string> itemIds, CancellationToken cancellationToken) => await database.ReadRowsAsync(
        $"SELECT {ItemColumns.OfItem} FROM items WHERE item_id = ANY($1) AND {IsThere}",
        [itemIds.ToArray()],
        ItemColumns.Read,
        cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// The value of a feature. An index is used by a query that has the same expression. PostgreSQL has no text with a NUL, so an item with such a value
    /// could not be written without the replacement, which leaves the JSON valid.
    /// </summary>
    private static string ValueOf(string feature) => $"""((replace(features, '\u0000', '\u0001')::jsonb ->> '{SearchText.Checked(feature)}') COLLATE "C")""";
}
