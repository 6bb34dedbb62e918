using System.Text.Json;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Storage.Experiments;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IExperimentStore"/>
public sealed class SqliteExperimentStore(SqliteDatabase database, SqliteWriter writer) : IExperimentStore
{
    /// <inheritdoc/>
    public Task<ExperimentBoard> ReadAsync(CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using SqliteTransaction snapshot = connection.BeginTransaction(deferred: true);
            List<StoredExperiment> experiments = [];
            using SqliteCommand all = connection.CreateCommand();
            all.CommandText = "SELECT run, counts FROM experiments ORDER BY started_at DESC, name DESC";
            using (SqliteDataReader reader = all.ExecuteReader())
            {
                while (reader.Read())
                {
                    experiments.Add(new(JsonSerializer.Deserialize<ExperimentRun>(reader.GetString(0))!, reader.GetString(1)));
                }
            }

            using SqliteCommand board = connection.CreateCommand();
            board.CommandText = "SELECT revision, reports FROM experiment_board";
            using SqliteDataReader row = board.ExecuteReader();
            row.Read();
            return new ExperimentBoard(row.GetInt64(0), JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(1))!, experiments);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(ExperimentChange change, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            bool isCurrent = session.Execute(
                "UPDATE experiment_board SET revision = revision + 1, reports = $1 WHERE revision = $0",
                change.Revision,
                JsonSerializer.Serialize(change.Reports)) == 1;
            if (!isCurrent)
            {
                return false;
            }

            foreach (StoredExperiment experiment in change.Put)
            {
                session.Execute(
                    """
                    INSERT INTO experiments (name, started_at, run, counts) VALUES ($0, $1, $2, $3)
                    ON CONFLICT (name) DO UPDATE SET started_at = $1, run = $2, counts = $3
                    """,
                    experiment.Run.Experiment.Name,
                    experiment.Run.StartedAt.UtcTicks,
                    JsonSerializer.Serialize(experiment.Run),
                    experiment.Counts);
            }

            foreach (string name in change.Remove)
            {
                session.Execute("DELETE FROM experiments WHERE name = $0", name);
            }

            return true;
        },
        cancellationToken);
}
