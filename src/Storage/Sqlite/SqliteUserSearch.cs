using DinOrleans.Storage.Search;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IUserSearch"/>
public sealed class SqliteUserSearch(SqliteDatabase database) : IUserSearch
{
    /// <summary>A user who was erased has a row, the tombstone. One who came back has events too.</summary>
    private const string IsThere = "(erased_until IS NULL OR EXISTS (SELECT 1 FROM events WHERE user = users.id))";

    /// <summary>Where few users lie behind the random place, the first ones follow.</summary>
    internal const string SampleSql =
        $"""
        SELECT user_id FROM (SELECT id, user_id FROM users WHERE id >= $start AND {IsThere} ORDER BY id LIMIT $limit)
        UNION ALL SELECT user_id FROM (SELECT id, user_id FROM users WHERE id < $start AND {IsThere} ORDER BY id LIMIT $limit) LIMIT $limit
        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindAsync(string prefix, string after, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<string>>(
        connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            (string bound, bool isAfter) = SearchText.Bound(prefix, after);
            command.CommandText = FindSql(isAfter);
            command.Parameters.AddWithValue("$bound", bound);
            command.Parameters.AddWithValue("$end", SearchText.End(prefix));
            command.Parameters.AddWithValue("$limit", limit);
            return command.ReadRows(row => row.GetString(0));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> SampleAsync(int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<string>>(
        connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT coalesce(max(id), 0) FROM users";
            long start = Random.Shared.NextInt64((long)command.ExecuteScalar()! + 1);
            command.CommandText = SampleSql;
            command.Parameters.AddWithValue("$start", start);
            command.Parameters.AddWithValue("$limit", limit);
            return command.ReadRows(row => row.GetString(0));
        },
        cancellationToken);

    internal static string FindSql(bool isAfter)
    {
        string range = SearchText.Range("user_id", "$bound", "$end", isAfter);
        return
            $"""
            SELECT user_id FROM (SELECT user_id FROM users WHERE {range} AND {IsThere} ORDER BY user_id LIMIT $limit)
            UNION SELECT user_id FROM (SELECT user_id FROM profiles WHERE {range} ORDER BY user_id LIMIT $limit)
            ORDER BY user_id LIMIT $limit
            """;
    }
}
