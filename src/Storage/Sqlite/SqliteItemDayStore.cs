using DinOrleans.Storage.ItemDays;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IItemDayStore"/>
public sealed class SqliteItemDayStore(SqliteDatabase database, SqliteWriter writer) : IItemDayStore
{
    internal const string ReadSql =
        """
        WITH sought AS (SELECT id FROM item_ids WHERE item_id = $item)
        SELECT d.day, t.name, d.count FROM item_days d JOIN event_types t ON t.id = d.type
        WHERE d.item = (SELECT id FROM sought) AND d.day > (SELECT max(day) FROM item_days WHERE item = (SELECT id FROM sought)) - $days
        ORDER BY d.day, t.name
        """;

    /// <inheritdoc/>
    public Task AddAsync(IReadOnlyList<ItemDayCount> counts, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            foreach (IGrouping<string, ItemDayCount> ofItem in counts.GroupBy(c => c.ItemId))
            {
                long item = session.Number("item_ids", "item_id", ofItem.Key);
                foreach (ItemDayCount count in ofItem)
                {
                    session.Execute(
                        "INSERT INTO item_days (item, day, type, count) VALUES ($0, $1, $2, $3) ON CONFLICT (item, day, type) DO UPDATE SET count = count + $3",
                        item,
                        count.Day.DayNumber,
                        session.Number("event_types", "name", count.Type),
                        count.Count);
                }

                session.Execute("DELETE FROM item_days WHERE item = $0 AND day <= $1", item, ofItem.Max(c => c.Day.DayNumber) - IItemDayStore.KeptDays);
            }

            return counts.Count;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ItemDayCount>> ReadAsync(string itemId, int days, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ItemDayCount>>(
            connection =>
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = ReadSql;
                command.Parameters.AddWithValue("$item", itemId);
                command.Parameters.AddWithValue("$days", days);
                return command.ReadRows(row => new ItemDayCount(itemId, DateOnly.FromDayNumber(row.GetInt32(0)), row.GetString(1), row.GetInt64(2)));
            },
            cancellationToken);
}
