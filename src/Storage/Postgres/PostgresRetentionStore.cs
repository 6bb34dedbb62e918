using DinOrleans.Storage.Retention;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IRetentionStore"/>
/// <remarks>Every silo of a cluster may call it, because a silo does not find what another one has removed.</remarks>
public sealed class PostgresRetentionStore(PostgresDatabase database) : IRetentionStore
{
    private const int UsersAStep = 1_000;

    /// <inheritdoc/>
    public Task<int> TrimRankingsAsync(DateTimeOffset before, int rows, CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch().Add(
            "DELETE FROM rankings WHERE id IN (SELECT id FROM rankings WHERE time < $1 ORDER BY time LIMIT $2)", [before.UtcTicks, (long)rows]),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<TrimStep> TrimEventsAsync(EventLimits limits, long after, int rows, CancellationToken cancellationToken)
    {
        List<Excess> users = await LookAsync(limits, after, cancellationToken).ConfigureAwait(false);
        int removed = 0;
        foreach (Excess excess in users.Where(u => u.Time is not null))
        {
            removed += await database.WriteAsync(
                new PostgresBatch().Add(EventRemoval.Oldest, [excess.User, excess.Time!.Value, excess.Arrival!.Value, (long)(rows - removed)]),
                cancellationToken).ConfigureAwait(false);
            if (removed == rows)
            {
                // The user may have more, so the next step looks at this user again.
                return new(removed, excess.User - 1);
            }
        }

        return new(removed, users.Count == UsersAStep ? users[^1].User : null);
    }

    /// <summary>Finds, for each of the next users, the latest event that the limits do not let stay, if there is one.</summary>
    private Task<List<Excess>> LookAsync(EventLimits limits, long after, CancellationToken cancellationToken) => database.ReadRowsAsync(
        """
        SELECT u.id, last.time, last.arrival FROM (SELECT id FROM users WHERE id > $1 ORDER BY id LIMIT $2) AS u
        LEFT JOIN LATERAL (
            (SELECT time, arrival FROM events WHERE user_no = u.id AND time < $3 ORDER BY time DESC, arrival DESC LIMIT 1)
            UNION ALL
            (SELECT time, arrival FROM events WHERE $4 >= 0 AND user_no = u.id ORDER BY time DESC, arrival DESC LIMIT 1 OFFSET greatest($4, 0))
            ORDER BY time DESC, arrival DESC LIMIT 1) AS last ON true
        ORDER BY u.id
        """,
        [after, (long)UsersAStep, limits.Before?.UtcTicks ?? 0L, (long?)limits.MaxEvents ?? -1L],
        row => row.IsDBNull(1) ? new Excess(row.GetInt64(0), null, null) : new Excess(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
        cancellationToken);

    /// <summary>The latest event of a user that may not stay. No event before it may stay either.</summary>
    private readonly record struct Excess(long User, long? Time, long? Arrival);
}
