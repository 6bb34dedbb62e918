using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IItemStore"/>
public sealed class SqliteItemStore(SqliteDatabase database, SqliteWriter writer) : IItemStore
{
    private const string NextRevision = "SELECT coalesce(max(revision), 0) + 1 FROM items";

    /// <inheritdoc/>
    public Task<long> PutAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            long revision = (long)session.Scalar(NextRevision)!;
            foreach (Item item in items)
            {
                session.Execute(
                    """
                    INSERT INTO items (item_id, features, revision, state, available_from, available_until) VALUES ($0, $1, $2, $3, $4, $5)
                    ON CONFLICT (item_id) DO UPDATE SET features = $1, revision = $2, state = $3, available_from = $4, available_until = $5
                    """,
                    item.ItemId,
                    ItemColumns.Features(item),
                    revision,
                    (int)ItemColumns.State(item),
                    item.AvailableFrom?.ToUnixTimeMilliseconds(),
                    item.AvailableUntil?.ToUnixTimeMilliseconds());
            }

            return revision;
        },
        items.Sum(Footprint.Estimate),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string itemId, CancellationToken cancellationToken) => writer.WriteAsync(
        session => session.Execute(
            """
            UPDATE items SET features = $1, revision = $2, state = $3, available_from = NULL, available_until = NULL WHERE item_id = $0 AND state <> $3
            """,
            itemId,
            FeatureText.Empty,
            session.Scalar(NextRevision),
            (int)ItemState.Removed) > 0,
        Footprint.Estimate(new Item(itemId, Contracts.EmptyFeatures.Instance)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Item?> GetAsync(string itemId, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT {ItemColumns.OfItem} FROM items WHERE item_id = $id AND state <> {(int)ItemState.Removed}";
            command.Parameters.AddWithValue("$id", itemId);
            return command.ReadRows(ItemColumns.Read).FirstOrDefault();
        },
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Item> ReadAllAsync(CancellationToken cancellationToken) => SqliteStream.ReadAsync(
        database,
        $"SELECT {ItemColumns.OfItem} FROM items WHERE state <> {(int)ItemState.Removed} ORDER BY revision",
        [],
        ItemColumns.Read,
        cancellationToken);

    /// <inheritdoc/>
    public Task<long> ReadChangesAsync(long revision, ItemRowTaker take, CancellationToken cancellationToken) =>
        new SqliteItemChanges(database, take, cancellationToken).ReadAsync(revision);
}
