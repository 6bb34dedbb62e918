using DinOrleans.Storage.Erasures;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IErasureStore"/>
public sealed class PostgresErasureStore(PostgresDatabase database) : IErasureStore
{
    /// <inheritdoc/>
    public IAsyncEnumerable<Erasure> ReadAllAsync(CancellationToken cancellationToken) => PostgresStream.ReadAsync(
        database,
        "SELECT user_id, erased_until FROM users WHERE erased_until IS NOT NULL",
        [],
        timeoutSeconds: 0,
        row => new Erasure(row.GetString(0), new DateTimeOffset(row.GetInt64(1), TimeSpan.Zero)),
        cancellationToken);

    /// <inheritdoc/>
    public async Task<int> ApplyAsync(IReadOnlyList<Erasure> erasures, CancellationToken cancellationToken)
    {
        Dictionary<string, long> latest = [];
        foreach (Erasure erasure in erasures)
        {
            latest[erasure.UserId] = Math.Max(erasure.Until.UtcTicks, latest.GetValueOrDefault(erasure.UserId));
        }

        List<string> due = await database.ReadRowsAsync(
            """
            SELECT given.user_id FROM unnest($1, $2) AS given (user_id, until)
            WHERE NOT EXISTS (SELECT FROM users WHERE users.user_id = given.user_id AND erased_until >= given.until)
            """,
            [latest.Keys.ToArray(), latest.Values.ToArray()],
            row => row.GetString(0),
            cancellationToken).ConfigureAwait(false);
        foreach (string userId in due)
        {
            await ApplyAsync(userId, latest[userId], cancellationToken).ConfigureAwait(false);
        }

        return due.Count;
    }

    /// <summary>Erases one user. One at a time, because an append locks the rows of its users in an order of its own.</summary>
    private Task<int> ApplyAsync(string userId, long until, CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch()
            .Add(ErasureLock.Alone, [])
            .AddNumbers("users", "user_id", [userId])
            .Add("UPDATE users SET erased_until = greatest(erased_until, $2) WHERE user_id = $1", [userId, until])
            .Add("DELETE FROM events WHERE user_no = (SELECT id FROM users WHERE user_id = $1) AND time <= $2", [userId, until])
            .Add("DELETE FROM rankings WHERE user_id = $1 AND time <= $2", [userId, until])
            .Add("DELETE FROM profiles WHERE user_id = $1", [userId]),
        cancellationToken);
}
