using DinOrleans.Storage.Features;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Reads the changes of the catalogue. All of a large catalogue is read in parts, side by side.</summary>
internal sealed class SqliteItemChanges(SqliteDatabase database, ItemRowTaker take, CancellationToken cancellationToken)
{
    private const string Newest = "SELECT coalesce(max(revision), 0) FROM items";

    /// <summary>The rows from which on a part is worth a thread.</summary>
    private const long LeastRowsOfAPart = 100_000;

    /// <summary>Reads what was written after a revision, and returns the revision from which to go on.</summary>
    public Task<long> ReadAsync(long revision) => revision == 0
        ? ReadAllAsync()
        : database.ReadAsync(connection => Read(connection, "revision > ?1", [revision]), cancellationToken);

    private async Task<long> ReadAllAsync()
    {
        // The order of the file is the fastest one. The index of revisions would take one search per row.
        long last = await database.ReadAsync(connection => Number(connection, "SELECT coalesce(max(rowid), 0) FROM items"), cancellationToken).ConfigureAwait(false);
        long parts = Math.Clamp(last / LeastRowsOfAPart, 1, Environment.ProcessorCount);
        long[] read = await Task.WhenAll(Enumerable.Range(0, (int)parts).Select(part => database.ReadAsync(
            connection => Read(
                connection,
                "rowid > ?1 AND rowid <= ?2",
                [part == 0 ? long.MinValue : last * part / parts, part == parts - 1 ? long.MaxValue : last * (part + 1) / parts]),
            cancellationToken))).ConfigureAwait(false);

        // The parts are snapshots of different moments. What was written in between is read again.
        return read.Min();
    }

    /// <summary>Reads rows in one snapshot.</summary>
    /// <returns>The newest revision of the snapshot.</returns>
    private long Read(SqliteConnection connection, string where, ReadOnlySpan<long> values)
    {
        using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
        long newest = Number(connection, Newest);
        using var rows = new SqliteRawRows(connection, $"SELECT {ItemColumns.OfRow} FROM items WHERE {where}", values);
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            take(new ItemRow
            {
                Revision = rows.Int64(0),
                ItemId = rows.Utf8(1),
                Features = rows.Utf8(2),
                State = (ItemState)rows.Int64(3),
                AvailableFrom = rows.NullableInt64(4),
                AvailableUntil = rows.NullableInt64(5),
            });
        }

        return newest;
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var rows = new SqliteRawRows(connection, sql, []);
        rows.Read();
        return rows.Int64(0);
    }
}
