using System.Text.Json;
using DinOrleans.Contracts.Models;
using DinOrleans.Storage.Registry;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IRegistryStore"/>
public sealed class PostgresRegistryStore(PostgresDatabase database) : IRegistryStore
{
    /// <inheritdoc/>
    public Task<RegistryState> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        $"""
        SELECT {ActivationRow.Columns}, v.info FROM model_activation LEFT JOIN model_versions v ON true
        ORDER BY v.published_at DESC, v.version DESC
        """,
        [],
        async (reader, cancellation) =>
        {
            List<ModelVersionInfo> versions = [];
            RegistryState state = new(0, ModelActivation.None, versions);
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                state = state with { Revision = reader.GetInt64(0), Activation = ActivationRow.Read(reader) };
                if (!reader.IsDBNull(6))
                {
                    versions.Add(JsonSerializer.Deserialize<ModelVersionInfo>(reader.GetString(6))!);
                }
            }

            return state;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(RegistryChange change, CancellationToken cancellationToken)
    {
        ModelActivation next = change.Activation;
        ModelVersionInfo? put = change.Put;

        // It is one statement, so that the versions change only if the revision is still the one on which the change was decided.
        return database.WriteAsync(
            new PostgresBatch().Add(
                """
                WITH moved AS (
                    UPDATE model_activation SET revision = revision + 1, active = $2, target = $3, target_since = $4, retiring = $5, previous = $6
                    WHERE revision = $1 RETURNING 1),
                put AS (
                    INSERT INTO model_versions (version, info, published_at) SELECT $7::text, $8::text, $9::bigint FROM moved WHERE $7::text IS NOT NULL
                    ON CONFLICT (version) DO UPDATE SET info = excluded.info, published_at = excluded.published_at),
                removed AS (DELETE FROM model_versions WHERE version = ANY ($10::text[]) AND EXISTS (SELECT FROM moved))
                SELECT count(*) FROM moved
                """,
                [
                    change.Revision,
                    Nullable(next.Active),
                    Nullable(next.Target),
                    Nullable(next.TargetSince?.UtcTicks),
                    Nullable(next.Retiring),
                    Nullable(next.Previous),
                    Nullable(put?.Version),
                    Nullable(put is null ? null : JsonSerializer.Serialize(put)),
                    Nullable(put?.PublishedAt.UtcTicks),
                    change.Remove.ToArray(),
                ]),
            async (reader, cancellation) => await reader.ReadAsync(cancellation).ConfigureAwait(false) && reader.GetInt64(0) == 1,
            cancellationToken);
    }

    private static object Nullable(object? value) => value ?? DBNull.Value;
}
