using DinOrleans.Contracts.Trainings;
using DinOrleans.Storage.Trainings;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="ITrainingStore"/>
public sealed class SqliteTrainingStore(SqliteDatabase database, SqliteWriter writer) : ITrainingStore
{
    /// <inheritdoc/>
    public Task<TrainingBook> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
            using SqliteCommand revision = connection.CreateCommand();
            revision.CommandText = "SELECT revision FROM training_revision";
            var book = new TrainingBook((long)revision.ExecuteScalar()!, []);
            List<TrainingInfo> trainings = [];
            using SqliteCommand all = connection.CreateCommand();
            all.CommandText = "SELECT info FROM trainings ORDER BY id DESC";
            using SqliteDataReader reader = all.ExecuteReader();
            while (reader.Read())
            {
                trainings.Add(TrainingText.Read(reader.GetString(0)));
            }

            return book with { Trainings = trainings };
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(TrainingChange change, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            bool isCurrent = session.Execute("UPDATE training_revision SET revision = revision + 1 WHERE revision = $0", change.Revision) == 1;
            if (isCurrent)
            {
                Write(session, change);
            }

            return isCurrent;
        },
        cancellationToken);

    private static void Write(WriteSession session, TrainingChange change)
    {
        foreach (TrainingInfo training in change.Put)
        {
            session.Execute("INSERT INTO trainings (id, info) VALUES ($0, $1) ON CONFLICT (id) DO UPDATE SET info = $1", training.Id, TrainingText.Write(training));
        }

        foreach (string removed in change.Remove)
        {
            session.Execute("DELETE FROM trainings WHERE id = $0", removed);
        }
    }
}
