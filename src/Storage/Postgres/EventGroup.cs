using DinOrleans.Contracts.Users;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Appends of many callers as one transaction.</summary>
internal static class EventGroup
{
    /// <summary>Events of one group stay below it: an event's arrival is the group's number times this, plus its place in the group.</summary>
    private const int ArrivalsAGroup = 1 << 20;

    /// <summary>
    /// The rows of users are locked against erasure, and what they say after the lock is what counts: an event from before an
    /// erasure is a late retry, and taking it would bring the user back.
    /// </summary>
    private static readonly string Insert =
        $"""
        WITH held AS MATERIALIZED (SELECT id, user_id, erased_until FROM users WHERE user_id = ANY($8) ORDER BY id FOR SHARE),
        place AS MATERIALIZED (SELECT nextval('append_groups') * {ArrivalsAGroup} AS first),
        inserted AS (
            INSERT INTO events (user_no, time, arrival, item_no, type_no, event_id, ranking_id, context)
            SELECT held.id, sent.time, place.first + sent.n - 1, item_ids.id, event_types.id, sent.event_id, sent.ranking_id, sent.context
            FROM unnest($1, $2, $3, $4, $5, $6, $7) WITH ORDINALITY AS sent (user_id, time, event_id, item_id, type, ranking_id, context, n)
            JOIN held ON held.user_id = sent.user_id JOIN item_ids ON item_ids.item_id = sent.item_id JOIN event_types ON event_types.name = sent.type
            CROSS JOIN place
            WHERE held.erased_until IS NULL OR held.erased_until < sent.time
            ORDER BY held.id, sent.event_id, sent.n
            ON CONFLICT (user_no, event_id) DO NOTHING
            RETURNING item_no, type_no, arrival),
        counted AS (
            INSERT INTO item_counts (item_no, type_no, count) SELECT item_no, type_no, count(*) FROM inserted GROUP BY item_no, type_no ORDER BY item_no, type_no
            ON CONFLICT (item_no, type_no) DO UPDATE SET count = item_counts.count + excluded.count)
        SELECT (arrival % {ArrivalsAGroup})::integer FROM inserted
        """;

    /// <summary>Applies the events and returns after the commit is on disk.</summary>
    /// <returns>By event, whether it was applied.</returns>
    public static Task<bool[]> AppendAsync(NpgsqlConnection connection, BehaviourEvent[] events, CancellationToken cancellationToken)
    {
        string[] users = [.. events.Select(e => e.UserId)];
        return new PostgresBatch()
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
            .RunAsync(connection, (reader, cancellation) => AppliedAsync(reader, events.Length, cancellation), cancellationToken);
    }

    private static async Task<bool[]> AppliedAsync(NpgsqlDataReader reader, int events, CancellationToken cancellationToken)
    {
        bool[] applied = new bool[events];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            applied[reader.GetInt32(0)] = true;
        }

        return applied;
    }
}
