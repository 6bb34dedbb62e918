using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Search;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IItemSearch"/>
public sealed class PostgresItemSearch(PostgresDatabase database) : IItemSearch
{
    /// <summary>An item that was removed keeps its id.</summary>
    private static readonly string IsThere = $"state <> {(int)ItemState.Removed}";

    /// <inheritdoc/>
    public Task<bool> PrepareAsync(IReadOnlyList<string> features, CancellationToken cancellationToken) =>
        PostgresIndexes.MakeAsync(database, "items", features.ToDictionary(SearchText.Index, f => $"{ValueOf(f)}, item_id"), cancellationToken);

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
