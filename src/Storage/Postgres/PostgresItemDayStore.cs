using DinOrleans.Storage.ItemDays;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IItemDayStore"/>
/// <remarks>
/// Processes that add to the same rows take their locks in one order. A day that is too old to stay is not written, because a statement must not write
/// and remove the same row.
/// </remarks>
public sealed class PostgresItemDayStore(PostgresDatabase database) : IItemDayStore
{
    private static readonly string Add =
        $"""
        WITH given AS MATERIALIZED (
            SELECT item_ids.id AS item_no, sent.day, event_types.id AS type_no, sent.count, max(sent.day) OVER (PARTITION BY item_ids.id) - {IItemDayStore.KeptDays} AS gone
            FROM unnest($1, $2, $3, $4) AS sent (item_id, day, type, count)
            JOIN item_ids ON item_ids.item_id = sent.item_id JOIN event_types ON event_types.name = sent.type),
        removed AS (
            DELETE FROM item_days USING (SELECT DISTINCT item_no, gone FROM given) AS old WHERE item_days.item_no = old.item_no AND item_days.day <= old.gone)
        INSERT INTO item_days (item_no, day, type_no, count)
        SELECT item_no, day, type_no, count FROM given WHERE day > gone ORDER BY item_no, day, type_no
        ON CONFLICT (item_no, day, type_no) DO UPDATE SET count = item_days.count + excluded.count
        """;

    /// <inheritdoc/>
    public Task AddAsync(IReadOnlyList<ItemDayCount> counts, CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch().Add(
            Add,
            [
            counts.Select(c => c.ItemId).ToArray(),
            counts.Select(c => c.Day.DayNumber).ToArray(),
            counts.Select(c => c.Type).ToArray(),
            counts.Select(c => c.Count).ToArray(),
            ]),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ItemDayCount>> ReadAsync(string itemId, int days, CancellationToken cancellationToken) => await database.ReadRowsAsync(
        """
        WITH sought AS (SELECT id FROM item_ids WHERE item_id = $1)
        SELECT d.day, t.name, d.count FROM item_days d JOIN event_types t ON t.id = d.type_no
        WHERE d.item_no = (SELECT id FROM sought) AND d.day > (SELECT max(day) FROM item_days WHERE item_no = (SELECT id FROM sought)) - $2
        ORDER BY d.day, t.name
        """,
        [itemId, days],
        row => new ItemDayCount(itemId, DateOnly.FromDayNumber(row.GetInt32(0)), row.GetString(1), row.GetInt64(2)),
        cancellationToken).ConfigureAwait(false);
}
