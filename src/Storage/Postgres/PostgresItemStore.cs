using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IItemStore"/>
public sealed class PostgresItemStore(PostgresDatabase database) : IItemStore
{
    /// <summary>
    /// The key of the advisory lock under which revisions are given. Revisions become visible in their order, so that a reader who has seen one has
    /// seen all before it.
    /// </summary>
    private const long LockKey = PostgresMigration.LockKey + 1;

    /// <summary>The timeout of the silos that follow the catalogue. A silo that waits for ever for a frozen server would hold up every later write of items.</summary>
    private const int ReadTimeoutSeconds = 60;

    /// <inheritdoc/>
    public Task<long> PutAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken)
    {
        // Of several items with one id, the last one counts.
        Dictionary<string, string> features = [];
        foreach (Item item in items)
        {
            features[item.ItemId] = FeatureText.Write(item.Features) ?? "{}";
        }

        return database.WriteAsync(
            new PostgresBatch()
                .Add($"DO 'BEGIN PERFORM pg_advisory_xact_lock({LockKey}); END'", [])
                .Add(
                    """
                    WITH next AS MATERIALIZED (SELECT coalesce(max(revision), 0) + 1 AS revision FROM items),
                    written AS (
                        INSERT INTO items (item_id, features, revision)
                        SELECT given.item_id, given.features, next.revision FROM unnest($1, $2) AS given (item_id, features) CROSS JOIN next
                        ON CONFLICT (item_id) DO UPDATE SET features = excluded.features, revision = excluded.revision)
                    SELECT revision FROM next
                    """,
                    [features.Keys.ToArray(), features.Values.ToArray()]),
            async (reader, cancellation) =>
            {
                await reader.ReadAsync(cancellation).ConfigureAwait(false);
                return reader.GetInt64(0);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<(long Revision, Item Item)> ReadSinceAsync(long revision, CancellationToken cancellationToken) => PostgresStream.ReadAsync(
        database,
        "SELECT revision, item_id, features FROM items WHERE revision > $1 ORDER BY revision",
        [revision],
        ReadTimeoutSeconds,
        reader => (reader.GetInt64(0), new Item(reader.GetString(1), FeatureText.Read(reader.GetString(2)))),
        cancellationToken);
}
