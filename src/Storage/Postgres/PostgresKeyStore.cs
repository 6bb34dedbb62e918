using DinOrleans.Contracts.Keys;
using DinOrleans.Storage.Keys;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IKeyStore"/>
public sealed class PostgresKeyStore(PostgresDatabase database) : IKeyStore
{
    /// <inheritdoc/>
    public Task<HashedApiKeys> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        $"SELECT {KeyRow.Columns}, r.revision FROM (SELECT revision FROM key_revision) AS r LEFT JOIN api_keys ON true ORDER BY created_at DESC, id DESC",
        [],
        async (reader, cancellation) =>
        {
            List<HashedApiKey> keys = [];
            long revision = 0;
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                revision = reader.GetInt64(8);
                if (!reader.IsDBNull(0))
                {
                    keys.Add(KeyRow.Read(reader));
                }
            }

            return new HashedApiKeys(revision, keys);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(KeyChange change, CancellationToken cancellationToken)
    {
        ApiKeyInfo key = change.Put.Info;

        // It is one statement, so that the keys change only if the revision is still the one on which the change was decided.
        return database.WriteAsync(
            new PostgresBatch().Add(
                """
                WITH moved AS (UPDATE key_revision SET revision = revision + 1 WHERE revision = $1 RETURNING 1),
                put AS (
                    INSERT INTO api_keys (id, hash, note, scopes, created_at, expires_at, revoked_at)
                    SELECT $2::text, $3::bytea, $4::text, $5::text, $6::bigint, $7::bigint, $8::bigint FROM moved
                    ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, note = excluded.note, scopes = excluded.scopes,
                        created_at = excluded.created_at, expires_at = excluded.expires_at, revoked_at = excluded.revoked_at),
                removed AS (DELETE FROM api_keys WHERE id = ANY ($9::text[]) AND EXISTS (SELECT FROM moved))
                SELECT count(*) FROM moved
                """,
                [
                    change.Revision,
                    key.Id,
                    change.Put.Hash.ToArray(),
                    key.Note,
                    KeyRow.Scopes(key),
                    key.CreatedAt.UtcTicks,
                    Nullable(key.ExpiresAt?.UtcTicks),
                    Nullable(key.RevokedAt?.UtcTicks),
                    change.Remove.ToArray(),
                ]),
            async (reader, cancellation) => await reader.ReadAsync(cancellation).ConfigureAwait(false) && reader.GetInt64(0) == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task UseAsync(IReadOnlyDictionary<string, DateTimeOffset> used, CancellationToken cancellationToken)
    {
        // Rows are locked in the order of their ids, so that two processes that do the same never wait for each other in a circle.
        KeyValuePair<string, DateTimeOffset>[] ordered = [.. used.OrderBy(use => use.Key, StringComparer.Ordinal)];
        return database.WriteAsync(
            new PostgresBatch().Add(
                """
                WITH given AS (SELECT g.id, g.time FROM unnest($1::text[], $2::bigint[]) AS g (id, time)),
                held AS MATERIALIZED (
                    SELECT k.id, g.time FROM api_keys k JOIN given g ON g.id = k.id WHERE coalesce(k.last_used_at, 0) < g.time
                    ORDER BY k.id FOR UPDATE OF k)
                UPDATE api_keys SET last_used_at = held.time FROM held WHERE api_keys.id = held.id
                """,
                [ordered.Select(use => use.Key).ToArray(), ordered.Select(use => use.Value.UtcTicks).ToArray()]),
            cancellationToken);
    }

    private static object Nullable(object? value) => value ?? DBNull.Value;
}
