using System.Text.Json;
using DinOrleans.Contracts.Models;
using DinOrleans.Storage.Registry;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IRegistryStore"/>
public sealed class SqliteRegistryStore(SqliteDatabase database, SqliteWriter writer) : IRegistryStore
{
    /// <inheritdoc/>
    public Task<RegistryState> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
            using SqliteCommand all = connection.CreateCommand();
            all.CommandText = "SELECT info FROM model_versions ORDER BY published_at DESC, version DESC";
            List<ModelVersionInfo> versions = all.ReadRows(row => JsonSerializer.Deserialize<ModelVersionInfo>(row.GetString(0))!);
            using SqliteCommand activation = connection.CreateCommand();
            activation.CommandText = $"SELECT {ActivationRow.Columns} FROM model_activation";
            using SqliteDataReader row = activation.ExecuteReader();
            row.Read();
            return new RegistryState(row.GetInt64(0), ActivationRow.Read(row), versions);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(RegistryChange change, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            ModelActivation next = change.Activation;
            bool isCurrent = session.Execute(
                """
                UPDATE model_activation SET revision = revision + 1, active = $1, target = $2, target_since = $3, retiring = $4, previous = $5
                WHERE revision = $0
                """,
                change.Revision,
                next.Active,
                next.Target,
                next.TargetSince?.UtcTicks,
                next.Retiring,
                next.Previous) == 1;
            if (isCurrent)
            {
                WriteVersions(session, change);
            }

            return isCurrent;
        },
        cancellationToken);

    private static void WriteVersions(WriteSession session, RegistryChange change)
    {
        if (change.Put is { } version)
        {
            session.Execute(
                "INSERT INTO model_versions (version, info, published_at) VALUES ($0, $1, $2) ON CONFLICT (version) DO UPDATE SET info = $1, published_at = $2",
                version.Version,
                JsonSerializer.Serialize(version),
                version.PublishedAt.UtcTicks);
        }

        foreach (string removed in change.Remove)
        {
            session.Execute("DELETE FROM model_versions WHERE version = $0", removed);
        }
    }
}
