using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;
using Npgsql;

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

    private const string NextRevision = "next AS MATERIALIZED (SELECT coalesce(max(revision), 0) + 1 AS revision FROM items)";

    /// <inheritdoc/>
    public Task<long> PutAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken)
    {
        // Of several items with one id, the last one counts.
        Dictionary<string, Item> byId = [];
        foreach (Item item in items)
        {
            byId[item.ItemId] = item;
        }

        return database.WriteAsync(
            Locked().Add(
                $"""
                WITH {NextRevision},
                written AS (
                    INSERT INTO items (item_id, features, state, available_from, available_until, revision)
                    SELECT given.*, next.revision FROM unnest($1::text[], $2::text[], $3::integer[], $4::bigint[], $5::bigint[]) AS given CROSS JOIN next
                    ON CONFLICT (item_id) DO UPDATE SET
                        features = excluded.features, state = excluded.state, available_from = excluded.available_from,
                        available_until = excluded.available_until, revision = excluded.revision)
                SELECT revision FROM next
                """,
                [
                    byId.Keys.ToArray(),
                    byId.Values.Select(ItemColumns.Features).ToArray(),
                    byId.Values.Select(i => (int)ItemColumns.State(i)).ToArray(),
                    byId.Values.Select(i => i.AvailableFrom?.ToUnixTimeMilliseconds()).ToArray(),
                    byId.Values.Select(i => i.AvailableUntil?.ToUnixTimeMilliseconds()).ToArray(),
                ]),
            async (reader, cancellation) =>
            {
                await reader.ReadAsync(cancellation).ConfigureAwait(false);
                return reader.GetInt64(0);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string itemId, CancellationToken cancellationToken) => database.WriteAsync(
        Locked().Add(
            $"""
            WITH {NextRevision}
            UPDATE items SET features = $2, revision = next.revision, state = {(int)ItemState.Removed}, available_from = NULL, available_until = NULL
            FROM next WHERE item_id = $1 AND state <> {(int)ItemState.Removed} RETURNING 1
            """,
            [itemId, FeatureText.Empty]),
        (reader, cancellation) => reader.ReadAsync(cancellation),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Item?> GetAsync(string itemId, CancellationToken cancellationToken) => database.ReadAsync(
        $"SELECT {ItemColumns.OfItem} FROM items WHERE item_id = $1 AND state <> {(int)ItemState.Removed}",
        [itemId],
        async (reader, cancellation) => await reader.ReadAsync(cancellation).ConfigureAwait(false) ? ItemColumns.Read(reader) : null,
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Item> ReadAllAsync(CancellationToken cancellationToken) => PostgresStream.ReadAsync(
        database,
        $"SELECT {ItemColumns.OfItem} FROM items WHERE state <> {(int)ItemState.Removed} ORDER BY revision",
        [],
        timeoutSeconds: 0,
        ItemColumns.Read,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<long> ReadChangesAsync(long revision, ItemRowTaker take, CancellationToken cancellationToken)
    {
        // The rows are one snapshot, and revisions become visible in their order.
        long newest = revision;
        IAsyncEnumerable<bool> rows = PostgresStream.ReadAsync(
            database,
            $"SELECT {ItemColumns.OfRow} FROM items WHERE revision > $1",
            [revision],
            ReadTimeoutSeconds,
            reader =>
            {
                ItemRow row = Row(reader);
                newest = Math.Max(newest, row.Revision);
                take(row);
                return true;
            },
            cancellationToken);
        await foreach (bool _ in rows.ConfigureAwait(false))
        {
        }

        return newest;
    }

    private static PostgresBatch Locked() => new PostgresBatch().Add($"DO 'BEGIN PERFORM pg_advisory_xact_lock({LockKey}); END'", []);

    private static ItemRow Row(NpgsqlDataReader reader) => new()
    {
        Revision = reader.GetInt64(0),
        ItemId = reader.GetFieldValue<byte[]>(1),
        Features = reader.GetFieldValue<byte[]>(2),
        State = (ItemState)reader.GetInt32(3),
        AvailableFrom = reader.IsDBNull(4) ? null : reader.GetInt64(4),
        AvailableUntil = reader.IsDBNull(5) ? null : reader.GetInt64(5),
    };
}
