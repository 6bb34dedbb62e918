using System.Text.Json;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Storage.Experiments;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IExperimentStore"/>
public sealed class PostgresExperimentStore(PostgresDatabase database) : IExperimentStore
{
    /// <inheritdoc/>
    public Task<ExperimentBoard> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        "SELECT b.revision, b.reports, e.run, e.counts FROM experiment_board b LEFT JOIN experiments e ON true ORDER BY e.started_at DESC, e.name DESC",
        [],
        async (reader, cancellation) =>
        {
            List<StoredExperiment> experiments = [];
            ExperimentBoard board = new(0, new Dictionary<string, long>(), experiments);
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                board = board with { Revision = reader.GetInt64(0), Reports = JsonSerializer.Deserialize<Dictionary<string, long>>(reader.GetString(1))! };
                if (!reader.IsDBNull(2))
                {
                    experiments.Add(new(JsonSerializer.Deserialize<ExperimentRun>(reader.GetString(2))!, reader.GetString(3)));
                }
            }

            return board;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(ExperimentChange change, CancellationToken cancellationToken) =>

        // One statement, so that experiments change only where the revision was still the one that the change was decided on.
        database.WriteAsync(
            new PostgresBatch().Add(
                """
                WITH moved AS (UPDATE experiment_board SET revision = revision + 1, reports = $2 WHERE revision = $1 RETURNING 1),
                put AS (
                    INSERT INTO experiments (name, started_at, run, counts)
                    SELECT p.* FROM unnest($3::text[], $4::bigint[], $5::text[], $6::text[]) AS p CROSS JOIN moved
                    ON CONFLICT (name) DO UPDATE SET started_at = excluded.started_at, run = excluded.run, counts = excluded.counts),
                removed AS (DELETE FROM experiments WHERE name = ANY ($7::text[]) AND EXISTS (SELECT FROM moved))
                SELECT count(*) FROM moved
                """,
                [
                    change.Revision,
                    JsonSerializer.Serialize(change.Reports),
                    change.Put.Select(e => e.Run.Experiment.Name).ToArray(),
                    change.Put.Select(e => e.Run.StartedAt.UtcTicks).ToArray(),
                    change.Put.Select(e => JsonSerializer.Serialize(e.Run)).ToArray(),
                    change.Put.Select(e => e.Counts).ToArray(),
                    change.Remove.ToArray(),
                ]),
            async (reader, cancellation) => await reader.ReadAsync(cancellation).ConfigureAwait(false) && reader.GetInt64(0) == 1,
            cancellationToken);
}
