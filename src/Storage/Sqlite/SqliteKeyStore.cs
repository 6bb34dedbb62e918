using DinOrleans.Contracts.Keys;
using DinOrleans.Storage.Keys;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IKeyStore"/>
public sealed class SqliteKeyStore(SqliteDatabase database, SqliteWriter writer) : IKeyStore
{
    /// <inheritdoc/>
    public Task<HashedApiKeys> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
            using SqliteCommand revision = connection.CreateCommand();
            revision.CommandText = "SELECT revision FROM key_revision";
            long read = (long)revision.ExecuteScalar()!;
            using SqliteCommand all = connection.CreateCommand();
            all.CommandText = $"SELECT {KeyRow.Columns} FROM api_keys ORDER BY created_at DESC, id DESC";
            return new HashedApiKeys(read, [.. all.ReadRows(KeyRow.Read)]);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(KeyChange change, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            bool isCurrent = session.Execute("UPDATE key_revision SET revision = revision + 1 WHERE revision = $0", change.Revision) == 1;
            if (isCurrent)
            {
                Write(session, change);
            }

            return isCurrent;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task UseAsync(IReadOnlyDictionary<string, DateTimeOffset> used, CancellationToken cancellationToken) => writer.WriteAsync(
        session => used.Sum(use => session.Execute(
            "UPDATE api_keys SET last_used_at = $1 WHERE id = $0 AND coalesce(last_used_at, 0) < $1", use.Key, use.Value.UtcTicks)),
        cancellationToken);

    private static void Write(WriteSession session, KeyChange change)
    {
        ApiKeyInfo key = change.Put.Info;
        session.Execute(
            """
            INSERT INTO api_keys (id, hash, note, scopes, created_at, expires_at, revoked_at) VALUES ($0, $1, $2, $3, $4, $5, $6)
            ON CONFLICT (id) DO UPDATE SET hash = $1, note = $2, scopes = $3, created_at = $4, expires_at = $5, revoked_at = $6
            """,
            key.Id,
            change.Put.Hash.ToArray(),
            key.Note,
            KeyRow.Scopes(key),
            key.CreatedAt.UtcTicks,
            key.ExpiresAt?.UtcTicks,
            key.RevokedAt?.UtcTicks);
        foreach (string removed in change.Remove)
        {
            session.Execute("DELETE FROM api_keys WHERE id = $0", removed);
        }
    }
}
