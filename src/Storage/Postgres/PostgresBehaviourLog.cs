using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Erasures;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IBehaviourLog"/>
public sealed class PostgresBehaviourLog(PostgresDatabase database, PostgresEventWriter writer, ErasureJournal journal, TimeProvider time) : IBehaviourLog
{
    private const string Joins = "events e JOIN users u ON u.id = e.user_no JOIN item_ids i ON i.id = e.item_no JOIN event_types t ON t.id = e.type_no";
    private const string Recent = "WHERE e.user_no = (SELECT id FROM users WHERE user_id = $1) {0} ORDER BY e.time DESC, e.arrival DESC LIMIT $2";

    /// <summary>The clock of the server, in ticks of 100 ns since the year 1.</summary>
    private const string ServerTicks = "(621355968000000000 + (extract(epoch FROM clock_timestamp()) * 10000000)::bigint)";

    private static readonly string RecentOfAll = $"SELECT {EventRow.Columns} FROM {Joins} {Recent.Replace("{0}", "", StringComparison.Ordinal)}";
    private static readonly string RecentOfTypes =
        $"SELECT {EventRow.Columns} FROM {Joins} {Recent.Replace("{0}", "AND e.type_no = ANY(ARRAY(SELECT id FROM event_types WHERE name = ANY($3)))", StringComparison.Ordinal)}";

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken) => writer.AppendAsync(events, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BehaviourEvent>> ReadRecentAsync(
        string userId, IReadOnlyList<string>? types, int limit, CancellationToken cancellationToken)
    {
        List<BehaviourEvent> events = await database.ReadRowsAsync(
            types is null ? RecentOfAll : RecentOfTypes,
            types is null ? [userId, (long)limit] : [userId, (long)limit, types.ToArray()],
            EventRow.Read,
            cancellationToken).ConfigureAwait(false);
        events.Reverse();
        return events;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Placed<BehaviourEvent>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken) =>
        await database.ReadRowsAsync(
            $"""
            SELECT {EventRow.Columns}, e.arrival FROM {Joins}
            WHERE e.user_no = (SELECT id FROM users WHERE user_id = $1) AND (e.time, e.arrival) > ($2, $3) ORDER BY e.time, e.arrival LIMIT $4
            """,
            [userId, after.Time, after.Number, (long)limit],
            EventRow.ReadPlaced,
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public IAsyncEnumerable<BehaviourEvent> ReadAllAsync(CancellationToken cancellationToken) =>
        PostgresStream.ReadAsync(database, $"SELECT {EventRow.Columns} FROM {Joins} ORDER BY e.user_no, e.time, e.arrival", [], timeoutSeconds: 0, EventRow.Read, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, long>> CountByItemAsync(IReadOnlyList<string> types, CancellationToken cancellationToken) =>
        database.ReadWholeAsync<IReadOnlyDictionary<string, long>>(
            """
            SELECT i.item_id, c.count FROM (
                SELECT item_no, count(*) AS count FROM events WHERE type_no = ANY(ARRAY(SELECT id FROM event_types WHERE name = ANY($1))) GROUP BY item_no) AS c
            JOIN item_ids i ON i.id = c.item_no
            """,
            [types.ToArray()],
            async (reader, cancellation) =>
            {
                Dictionary<string, long> counts = [];
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    counts.Add(reader.GetString(0), reader.GetInt64(1));
                }

                return counts;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountSinceAsync(IReadOnlyList<string> types, DateTimeOffset after, CancellationToken cancellationToken) => database.ReadWholeAsync(
        "SELECT count(*) FROM events WHERE time > $1 AND type_no = ANY(ARRAY(SELECT id FROM event_types WHERE name = ANY($2)))",
        [after.UtcTicks, types.ToArray()],
        async (reader, cancellation) => await reader.ReadAsync(cancellation).ConfigureAwait(false) ? reader.GetInt64(0) : 0,
        cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// The later of the server's clock and that of this process counts, so that an erasure by a process whose clock is behind keeps out events that
    /// another process has accepted. Appends share the lock that an erasure holds alone, and each statement sees what was committed before it began.
    /// </remarks>
    public async Task EraseUserAsync(string userId, CancellationToken cancellationToken)
    {
        var erasure = new Erasure(userId, time.GetUtcNow() + InputLimits.FutureTolerance);
        await journal.AddAsync(erasure, cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(
            new PostgresBatch()
                .Add(ErasureLock.Alone, [])
                .AddNumbers("users", "user_id", [userId])
                .Add(
                    $"UPDATE users SET erased_until = greatest(erased_until, $2, {ServerTicks} + $3) WHERE user_id = $1",
                    [userId, erasure.Until.UtcTicks, InputLimits.FutureTolerance.Ticks])
                .Add(
                    "UPDATE users SET erased_until = greatest(erased_until, (SELECT max(time) FROM events WHERE user_no = users.id)) WHERE user_id = $1", [userId])
                .Add(EventRemoval.OfUser, [userId]),
            cancellationToken).ConfigureAwait(false);
    }
}
