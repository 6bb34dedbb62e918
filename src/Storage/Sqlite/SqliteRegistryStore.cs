using System.Text.Json;
using DinOrleans.Contracts.Models;
using DinOrleans.Storage.Registry;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IRegistryStore"/>
public sealed class SqliteRegistryStore(SqliteDatabase database, SqliteWriter writer) : IRegistryStore
{
    private const string Active = "active_version";

    /// <inheritdoc/>
    public Task<RegistryState> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
            List<ModelVersionInfo> versions = [];
            using SqliteCommand all = connection.CreateCommand();
            all.CommandText = "SELECT info FROM model_versions ORDER BY published_at DESC, version DESC";
            using (SqliteDataReader reader = all.ExecuteReader())
            {
                while (reader.Read())
                {
                    versions.Add(JsonSerializer.Deserialize<ModelVersionInfo>(reader.GetString(0))!);
                }
            }

            using SqliteCommand active = connection.CreateCommand();
            active.CommandText = "SELECT value FROM settings WHERE name = $name";
            active.Parameters.AddWithValue("$name", Active);
            return new RegistryState(versions, active.ExecuteScalar() as string);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task PutVersionAsync(ModelVersionInfo version, CancellationToken cancellationToken) => writer.WriteAsync(
        session => session.Execute(
            "INSERT INTO model_versions (version, info, published_at) VALUES ($0, $1, $2) ON CONFLICT (version) DO UPDATE SET info = $1, published_at = $2",
            version.Version,
            JsonSerializer.Serialize(version),
            version.PublishedAt.UtcTicks),
        cancellationToken);

    /// <inheritdoc/>
    public Task SetActiveAsync(string version, CancellationToken cancellationToken) => writer.WriteAsync(
        session => session.Execute("INSERT INTO settings (name, value) VALUES ($0, $1) ON CONFLICT (name) DO UPDATE SET value = $1", Active, version),
        cancellationToken);
}
