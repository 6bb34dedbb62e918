using DinOrleans.Storage.Search;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IUserSearch"/>
public sealed class PostgresUserSearch(PostgresDatabase database) : IUserSearch
{
    /// <summary>A user who was erased has a row, the tombstone. One who came back has events too.</summary>
    private const string IsThere = "(erased_until IS NULL OR EXISTS (SELECT FROM events WHERE user_no = users.id))";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> FindAsync(string prefix, string after, int limit, CancellationToken cancellationToken)
    {
        (string bound, bool isAfter) = SearchText.Bound(prefix, after);
        string range = SearchText.Range("user_id", "$1", "$2", isAfter);
        return await database.ReadRowsAsync(
            $"""
            SELECT user_id FROM (
                (SELECT user_id FROM users WHERE {range} AND {IsThere} ORDER BY user_id LIMIT $3)
                UNION (SELECT user_id FROM profiles WHERE {range} ORDER BY user_id LIMIT $3)) AS found
            ORDER BY user_id LIMIT $3
            """,
            [bound, SearchText.End(prefix), (long)limit],
            row => row.GetString(0),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> SampleAsync(int limit, CancellationToken cancellationToken)
    {
        List<long> last = await database.ReadRowsAsync("SELECT coalesce(max(id), 0) FROM users", [], row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        long start = Random.Shared.NextInt64(last[0] + 1);

        // Where few users lie behind the random place, the first ones follow.
        return await database.ReadRowsAsync(
            $"""
            (SELECT user_id FROM users WHERE id >= $1 AND {IsThere} ORDER BY id LIMIT $2)
            UNION ALL (SELECT user_id FROM users WHERE id < $1 AND {IsThere} ORDER BY id LIMIT $2) LIMIT $2
            """,
            [start, (long)limit],
            row => row.GetString(0),
            cancellationToken).ConfigureAwait(false);
    }
}
