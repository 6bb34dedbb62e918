using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Features;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Applies the appends of many callers as one transaction.</summary>
internal static class EventGroup
{
    /// <summary>More than the events of one group. The arrival of an event is the number of its group times this, plus its place in the group.</summary>
    private const int ArrivalsAGroup = 1 << 20;

    /// <summary>
    /// The tombstones are read after the erasure lock was taken. An event from before an erasure is a late retry, and taking it would bring the user back.
    /// The lock is one for all users, because a lock on the row of each user would write a page per event.
    /// </summary>
    private static readonly string Insert =
        $"""
        WITH known AS MATERIALIZED (SELECT id, user_id, erased_until FROM users WHERE user_id = ANY($8)),
        place AS MATERIALIZED (SELECT nextval('append_groups') * {ArrivalsAGroup} AS first),
        sent AS MATERIALIZED (
            SELECT known.id AS user_no, known.erased_until IS NOT NULL AND known.erased_until >= given.time AS erased, given.*
            FROM unnest($1, $2, $3, $4, $5, $6, $7) WITH ORDINALITY AS given (user_id, time, event_id, item_id, type, ranking_id, context, n)
            JOIN known ON known.user_id = given.user_id),
        inserted AS (
            INSERT INTO events (user_no, time, arrival, item_no, type_no, event_id, ranking_id, context)
            SELECT sent.user_no, sent.time, place.first + sent.n - 1, item_ids.id, event_types.id, sent.event_id, sent.ranking_id, sent.context
            FROM sent JOIN item_ids ON item_ids.item_id = sent.item_id JOIN event_types ON event_types.name = sent.type CROSS JOIN place
            WHERE NOT sent.erased
            ORDER BY sent.event_id, sent.user_no, sent.n
            ON CONFLICT (event_id, user_no) DO NOTHING
            RETURNING arrival)
        SELECT (arrival % {ArrivalsAGroup})::integer, {(int)AppendOutcome.Applied} FROM inserted
        UNION ALL SELECT (n - 1)::integer, {(int)AppendOutcome.Erased} FROM sent WHERE erased
        """;

    /// <summary>Applies the events and returns after the commit is on disk.</summary>
    /// <returns>The outcome of each event, in the order of the events.</returns>
    public static Task<AppendOutcome[]> AppendAsync(NpgsqlConnection connection, BehaviourEvent[] events, CancellationToken cancellationToken)
    {
        string[] users = [.. events.Select(e => e.UserId)];
        return new PostgresBatch()
            .Add(ErasureLock.Shared, [])
            .AddNumbers("users", "user_id", users)
            .AddNumbers("item_ids", "item_id", events.Select(e => e.ItemId))
            .AddNumbers("event_types", "name", events.Select(e => e.Type))
            .Add(
                Insert,
                [
                users,
                events.Select(e => e.Timestamp.UtcTicks).ToArray(),
                events.Select(e => e.EventId).ToArray(),
                events.Select(e => e.ItemId).ToArray(),
                events.Select(e => e.Type).ToArray(),
                events.Select(e => e.RankingId).ToArray(),
                events.Select(e => FeatureText.Write(e.Context)).ToArray(),
                users.Distinct().ToArray(),
                ])
            .RunAsync(connection, (reader, cancellation) => OutcomesAsync(reader, events.Length, cancellation), cancellationToken);
    }

    private static async Task<AppendOutcome[]> OutcomesAsync(NpgsqlDataReader reader, int events, CancellationToken cancellationToken)
    {
        var outcomes = new AppendOutcome[events];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            outcomes[reader.GetInt32(0)] = (AppendOutcome)reader.GetInt32(1);
        }

        return outcomes;
    }
}
