using System.Text.Json;
using DinOrleans.Contracts.Models;
using DinOrleans.Storage.Registry;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IRegistryStore"/>
public sealed class PostgresRegistryStore(PostgresDatabase database) : IRegistryStore
{
    private const string Active = "active_version";

    /// <inheritdoc/>
    public Task<RegistryState> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        """
        SELECT v.info, s.value FROM (SELECT 1) AS one LEFT JOIN settings s ON s.name = $1 LEFT JOIN model_versions v ON true
        ORDER BY v.published_at DESC, v.version DESC
        """,
        [Active],
        async (reader, cancellation) =>
        {
            List<ModelVersionInfo> versions = [];
            string? active = null;
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                active = reader.IsDBNull(1) ? null : reader.GetString(1);
                if (!reader.IsDBNull(0))
                {
                    versions.Add(JsonSerializer.Deserialize<ModelVersionInfo>(reader.GetString(0))!);
                }
            }

            return new RegistryState(versions, active);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task PutVersionAsync(ModelVersionInfo version, CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch().Add(
            "INSERT INTO model_versions (version, info, published_at) VALUES ($1, $2, $3) ON CONFLICT (version) DO UPDATE SET info = $2, published_at = $3",
            [version.Version, JsonSerializer.Serialize(version), version.PublishedAt.UtcTicks]),
        cancellationToken);

    /// <inheritdoc/>
    public Task SetActiveAsync(string version, CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch().Add("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2", [Active, version]), cancellationToken);
}
