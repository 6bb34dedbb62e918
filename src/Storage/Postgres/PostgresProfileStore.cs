using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Features;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IProfileStore"/>
public sealed class PostgresProfileStore(PostgresDatabase database) : IProfileStore
{
    /// <inheritdoc/>
    public Task<UserProfile?> GetAsync(string userId, CancellationToken cancellationToken) => database.ReadAsync(
        "SELECT features FROM profiles WHERE user_id = $1",
        [userId],
        async (reader, cancellation) => await reader.ReadAsync(cancellation).ConfigureAwait(false) ? new UserProfile(FeatureText.Read(reader.GetString(0))) : null,
        cancellationToken);

    /// <inheritdoc/>
    public Task PutAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> profiles, CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch().Add(
            "INSERT INTO profiles (user_id, features) SELECT * FROM unnest($1, $2) ON CONFLICT (user_id) DO UPDATE SET features = excluded.features",
            Columns(profiles)),
        cancellationToken);

    /// <inheritdoc/>
    public Task AddAsync(IReadOnlyList<KeyValuePair<string, UserProfile>> profiles, CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch()
            .Add(ErasureLock.Shared, [])
            .Add(
                """
                INSERT INTO profiles (user_id, features) SELECT given.user_id, given.features FROM unnest($1, $2) AS given (user_id, features)
                WHERE NOT EXISTS (SELECT FROM users WHERE users.user_id = given.user_id AND erased_until IS NOT NULL) ON CONFLICT (user_id) DO NOTHING
                """,
                Columns(profiles)),
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<KeyValuePair<string, UserProfile>> ReadAllAsync(CancellationToken cancellationToken) => PostgresStream.ReadAsync(
        database,
        "SELECT user_id, features FROM profiles ORDER BY user_id",
        [],
        timeoutSeconds: 0,
        reader => new KeyValuePair<string, UserProfile>(reader.GetString(0), new UserProfile(FeatureText.Read(reader.GetString(1)))),
        cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string userId, CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch().Add(ErasureLock.Alone, []).Add("DELETE FROM profiles WHERE user_id = $1", [userId]), cancellationToken);

    /// <summary>
    /// Makes arrays of ids and features. Of several profiles with one id, the last one counts. The ids are in order, so that writers do not wait
    /// for each other in a circle.
    /// </summary>
    private static object[] Columns(IReadOnlyList<KeyValuePair<string, UserProfile>> profiles)
    {
        SortedDictionary<string, string> features = new(StringComparer.Ordinal);
        foreach ((string userId, UserProfile profile) in profiles)
        {
            features[userId] = FeatureText.Write(profile.Features) ?? "{}";
        }

        return [features.Keys.ToArray(), features.Values.ToArray()];
    }
}
