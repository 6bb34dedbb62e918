using DinOrleans.Storage.Retention;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IRetentionStore"/>
/// <remarks>Only the removal waits in the writer's queue. The search for what to remove is a read beside the writer.</remarks>
public sealed class SqliteRetentionStore(SqliteDatabase database, SqliteWriter writer) : IRetentionStore
{
    private const int UsersAStep = 1_000;

    /// <inheritdoc/>
    public Task<int> TrimRankingsAsync(DateTimeOffset before, int rows, CancellationToken cancellationToken) => writer.WriteAsync(
        session => session.Execute(
            "DELETE FROM rankings WHERE id IN (SELECT id FROM rankings WHERE time < $0 ORDER BY time LIMIT $1)", before.UtcTicks, rows),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<TrimStep> TrimEventsAsync(EventLimits limits, long after, int rows, CancellationToken cancellationToken)
    {
        (List<Excess> found, long? next) = await database.ReadAsync(connection => Find(connection, limits, after, rows), cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
        {
            return new(0, next);
        }

        return await writer.WriteAsync(session => Trim(session, found, next, rows), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds the next users who have events that may not stay.</summary>
    private static (List<Excess> Found, long? Next) Find(SqliteConnection connection, EventLimits limits, long after, int most)
    {
        using SqliteCommand users = connection.CreateCommand();
        users.CommandText = "SELECT id FROM users WHERE id > $after ORDER BY id LIMIT $limit";
        users.Parameters.AddWithValue("$after", after);
        users.Parameters.AddWithValue("$limit", UsersAStep);
        using SqliteCommand last = connection.CreateCommand();
        last.CommandText = $"SELECT time, arrival FROM ({string.Join(" UNION ALL ", Candidates(limits))}) ORDER BY time DESC, arrival DESC LIMIT 1";
        last.Parameters.AddWithValue("$before", limits.Before?.UtcTicks ?? 0);
        last.Parameters.AddWithValue("$kept", limits.MaxEvents ?? 0);
        SqliteParameter user = last.Parameters.Add("$user", SqliteType.Integer);
        List<Excess> found = [];
        int seen = 0;
        using SqliteDataReader reader = users.ExecuteReader();
        while (reader.Read() && found.Count < most)
        {
            after = reader.GetInt64(0);
            seen++;
            user.Value = after;
            using SqliteDataReader excess = last.ExecuteReader();
            if (excess.Read())
            {
                found.Add(new(after, excess.GetInt64(0), excess.GetInt64(1)));
            }
        }

        return (found, seen == UsersAStep || found.Count == most ? after : null);
    }

    /// <summary>Selects, for each limit, the latest event that it does not let stay.</summary>
    private static IEnumerable<string> Candidates(EventLimits limits)
    {
        if (limits.Before is not null)
        {
            yield return "SELECT * FROM (SELECT time, arrival FROM events WHERE user = $user AND time < $before ORDER BY time DESC, arrival DESC LIMIT 1)";
        }

        if (limits.MaxEvents is not null)
        {
            yield return "SELECT * FROM (SELECT time, arrival FROM events WHERE user = $user ORDER BY time DESC, arrival DESC LIMIT 1 OFFSET $kept)";
        }
    }

    private static TrimStep Trim(WriteSession session, List<Excess> found, long? next, int rows)
    {
        int removed = 0;
        foreach (Excess excess in found)
        {
            removed += EventRemoval.Oldest(session, excess.User, excess.Time, excess.Arrival, rows - removed);
            if (removed == rows)
            {
                // The user may have more, so the next step looks at this user again.
                return new(removed, excess.User - 1);
            }
        }

        return new(removed, next);
    }

    /// <summary>The latest event of a user that may not stay. No event before it may stay either.</summary>
    private readonly record struct Excess(long User, long Time, long Arrival);
}
