using DinOrleans.Contracts.Trainings;
using DinOrleans.Storage.Trainings;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="ITrainingStore"/>
public sealed class PostgresTrainingStore(PostgresDatabase database) : ITrainingStore
{
    /// <inheritdoc/>
    public Task<TrainingBook> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        "SELECT r.revision, t.info FROM training_revision r LEFT JOIN trainings t ON true ORDER BY t.id DESC",
        [],
        async (reader, cancellation) =>
        {
            long revision = 0;
            List<TrainingInfo> trainings = [];
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                revision = reader.GetInt64(0);
                if (!reader.IsDBNull(1))
                {
                    trainings.Add(TrainingText.Read(reader.GetString(1)));
                }
            }

            return new TrainingBook(revision, trainings);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(TrainingChange change, CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch().Add(

            // One statement, so that the trainings change only where the revision was still the one that the change was decided on.
            """
            WITH moved AS (UPDATE training_revision SET revision = revision + 1 WHERE revision = $1 RETURNING 1),
            put AS (
                INSERT INTO trainings (id, info) SELECT given.id, given.info FROM unnest($2::text[], $3::text[]) AS given (id, info), moved
                ON CONFLICT (id) DO UPDATE SET info = excluded.info),
            removed AS (DELETE FROM trainings WHERE id = ANY ($4::text[]) AND EXISTS (SELECT FROM moved))
            SELECT count(*) FROM moved
            """,
            [
                change.Revision,
                change.Put.Select(t => t.Id).ToArray(),
                change.Put.Select(TrainingText.Write).ToArray(),
                change.Remove.ToArray(),
            ]),
        async (reader, cancellation) => await reader.ReadAsync(cancellation).ConfigureAwait(false) && reader.GetInt64(0) == 1,
        cancellationToken);
}
