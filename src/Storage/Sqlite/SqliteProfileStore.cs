using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Features;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IProfileStore"/>
public sealed class SqliteProfileStore(SqliteDatabase database, SqliteWriter writer) : IProfileStore
{
    /// <inheritdoc/>
    public Task<UserProfile?> GetAsync(string userId, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT features FROM profiles WHERE user_id = $user";
            command.Parameters.AddWithValue("$user", userId);
            return command.ExecuteScalar() is string features ? new UserProfile(FeatureText.Read(features)) : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task PutAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> profiles, CancellationToken cancellationToken) => WriteAsync(
        profiles, "INSERT INTO profiles (user_id, features) VALUES ($0, $1) ON CONFLICT (user_id) DO UPDATE SET features = $1", cancellationToken);

    /// <inheritdoc/>
    public Task AddAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> profiles, CancellationToken cancellationToken) => WriteAsync(
        profiles,
        """
        INSERT INTO profiles (user_id, features) SELECT $0, $1
        WHERE NOT EXISTS (SELECT 1 FROM users WHERE user_id = $0 AND erased_until IS NOT NULL) ON CONFLICT (user_id) DO NOTHING
        """,
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<KeyValuePair<string, UserProfile>> ReadAllAsync(CancellationToken cancellationToken) => SqliteStream.ReadAsync(
        database,
        "SELECT user_id, features FROM profiles ORDER BY user_id",
        [],
        reader => new KeyValuePair<string, UserProfile>(reader.GetString(0), new UserProfile(FeatureText.Read(reader.GetString(1)))),
        cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string userId, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            SqliteCompaction.Ask(session);
            return session.Execute("DELETE FROM profiles WHERE user_id = $0", userId);
        },
        cancellationToken);

    private Task<int> WriteAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> profiles, string sql, CancellationToken cancellationToken) => writer.WriteAsync(
        session => profiles.Sum(p => session.Execute(sql, p.Key, FeatureText.Write(p.Value.Features) ?? "{}")), profiles.Sum(Footprint.Estimate), cancellationToken);
}
