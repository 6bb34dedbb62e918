using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IItemStore"/>
public sealed class SqliteItemStore(SqliteDatabase database, SqliteWriter writer) : IItemStore
{
    /// <inheritdoc/>
    public Task<long> PutAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            long revision = (long)session.Scalar("SELECT coalesce(max(revision), 0) + 1 FROM items")!;
            foreach (Item item in items)
            {
                session.Execute(
                    "INSERT INTO items (item_id, features, revision) VALUES ($0, $1, $2) ON CONFLICT (item_id) DO UPDATE SET features = $1, revision = $2",
                    item.ItemId,
                    FeatureText.Write(item.Features) ?? "{}",
                    revision);
            }

            return revision;
        },
        items.Sum(Footprint.Estimate),
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<(long Revision, Item Item)> ReadSinceAsync(long revision, CancellationToken cancellationToken) => SqliteStream.ReadAsync(
        database,
        "SELECT revision, item_id, features FROM items WHERE revision > $revision ORDER BY revision",
        [("$revision", revision)],
        reader => (reader.GetInt64(0), new Item(reader.GetString(1), FeatureText.Read(reader.GetString(2)))),
        cancellationToken);
}
