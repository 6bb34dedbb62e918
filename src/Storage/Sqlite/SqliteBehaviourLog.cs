using System.Text.Json;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.ItemDays;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IBehaviourLog"/>
public sealed class SqliteBehaviourLog(
    SqliteDatabase database, SqliteWriter writer, ItemDayCounts itemDays, ErasureJournal journal, TimeProvider time) : IBehaviourLog
{
    private const string Joins = "events e JOIN users u ON u.id = e.user JOIN item_ids i ON i.id = e.item JOIN event_types t ON t.id = e.type";

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken)
    {
        List<BehaviourEvent> accepted = [];
        AppendResult result = await writer.WriteAsync(
            session => Append(session, events, accepted), events.Sum(Footprint.Estimate), cancellationToken).ConfigureAwait(false);
        itemDays.Add(accepted);
        return result;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<BehaviourEvent>> ReadRecentAsync(
        string userId, IReadOnlyList<string>? types, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<BehaviourEvent>>(
            connection =>
            {
                using SqliteCommand command = connection.CreateCommand();
                string filter = types is null ? "" : $" AND t.name IN ({command.AddList("$type", types)})";
                command.CommandText = $"SELECT {EventRow.Columns} FROM {Joins} WHERE u.user_id = $user{filter} ORDER BY e.time DESC, e.arrival DESC LIMIT $limit";
                command.Parameters.AddWithValue("$user", userId);
                command.Parameters.AddWithValue("$limit", limit);
                List<BehaviourEvent> events = command.ReadRows(EventRow.Read);
                events.Reverse();
                return events;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Placed<BehaviourEvent>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Placed<BehaviourEvent>>>(
            connection =>
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText =
                    $"""
                    SELECT {EventRow.Columns}, e.arrival FROM {Joins}
                    WHERE e.user = (SELECT id FROM users WHERE user_id = $user) AND (e.time, e.arrival) > ($time, $arrival)
                    ORDER BY e.time, e.arrival LIMIT $limit
                    """;
                command.Parameters.AddWithValue("$user", userId);
                command.Parameters.AddWithValue("$time", after.Time);
                command.Parameters.AddWithValue("$arrival", after.Number);
                command.Parameters.AddWithValue("$limit", limit);
                return command.ReadRows(EventRow.ReadPlaced);
            },
            cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<BehaviourEvent> ReadAllAsync(CancellationToken cancellationToken) => SqliteStream.ReadAsync(
        database, $"SELECT {EventRow.Columns} FROM {Joins} ORDER BY e.user, e.time, e.arrival", [], EventRow.Read, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, long>> CountByItemAsync(IReadOnlyList<string> types, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, long>>(
            connection =>
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText =
                    $"""
                    SELECT i.item_id, c.count FROM (
                        SELECT item, count(*) AS count FROM events
                        WHERE type IN (SELECT id FROM event_types WHERE name IN ({command.AddList("$type", types)})) GROUP BY item) AS c
                    JOIN item_ids i ON i.id = c.item
                    """;
                using SqliteDataReader reader = command.ExecuteReader();
                Dictionary<string, long> counts = [];
                while (reader.Read())
                {
                    counts.Add(reader.GetString(0), reader.GetInt64(1));
                }

                return counts;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountSinceAsync(IReadOnlyList<string> types, DateTimeOffset after, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText =
                "SELECT count(*) FROM events WHERE time > $after AND type IN (SELECT id FROM event_types WHERE name IN (SELECT value FROM json_each($types)))";
            command.Parameters.AddWithValue("$after", after.UtcTicks);
            command.Parameters.AddWithValue("$types", JsonSerializer.Serialize(types));
            return (long)command.ExecuteScalar()!;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task EraseUserAsync(string userId, CancellationToken cancellationToken)
    {
        var erasure = new Erasure(userId, time.GetUtcNow() + InputLimits.FutureTolerance);
        await journal.AddAsync(erasure, cancellationToken).ConfigureAwait(false);
        await writer.WriteAsync(
            session =>
            {
                long user = session.User(userId).Number;
                session.Execute(
                    """
                    UPDATE users SET erased_until = max($1, coalesce(erased_until, 0), coalesce((SELECT max(time) FROM events WHERE user = $0), 0)) WHERE id = $0
                    """,
                    user,
                    erasure.Until.UtcTicks);
                session.Forget(userId);
                SqliteCompaction.Ask(session);
                return EventRemoval.All(session, user);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <param name="session">The transaction.</param>
    /// <param name="events">The events to append.</param>
    /// <param name="accepted">Is filled with the events that were new. The write may run again, so it begins anew each time.</param>
    private static AppendResult Append(WriteSession session, IReadOnlyList<BehaviourEvent> events, List<BehaviourEvent> accepted)
    {
        accepted.Clear();
        int erased = 0;
        foreach (BehaviourEvent behaviour in events)
        {
            // An event from before an erasure is a late retry. Taking it would bring the user back.
            long time = behaviour.Timestamp.UtcTicks;
            NumberedUser user = session.User(behaviour.UserId);
            if (user.ErasedUntil >= time)
            {
                erased++;
                continue;
            }

            int added = session.Execute(
                """
                INSERT INTO events (user, time, arrival, event_id, item, type, ranking_id, context) VALUES ($0, $1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (event_id, user) DO NOTHING
                """,
                user.Number,
                time,
                session.NextArrival(),
                behaviour.EventId,
                session.Number("item_ids", "item_id", behaviour.ItemId),
                session.Number("event_types", "name", behaviour.Type),
                behaviour.RankingId,
                FeatureText.Write(behaviour.Context));
            if (added > 0)
            {
                accepted.Add(behaviour);
            }
        }

        return new(accepted.Count, events.Count - accepted.Count - erased, erased);
    }
}
