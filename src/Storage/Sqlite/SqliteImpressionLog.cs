using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IImpressionLog"/>
public sealed class SqliteImpressionLog(SqliteDatabase database, SqliteWriter writer) : IImpressionLog
{
    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<LoggedRanking> rankings, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            foreach (LoggedRanking ranking in rankings)
            {
                if (session.ErasedUntil(ranking.UserId) >= ranking.Timestamp.UtcTicks)
                {
                    continue;
                }

                // Not an insert of a SELECT with the condition above: SQLite would first copy each page that it changes, to undo a part of the statement.
                session.Execute(
                    """
                    INSERT INTO rankings (
                        user_id, time, ranking_id, model_version, context, items, scores, experiment, arm, temperature, propensities,
                        candidate_count, unshown, unshown_scores)
                    VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                    """,
                    ranking.UserId,
                    ranking.Timestamp.UtcTicks,
                    ranking.RankingId,
                    ranking.ModelVersion,
                    FeatureText.Write(ranking.Context),
                    RankedItemsColumns.Ids(ranking.Items),
                    RankedItemsColumns.Scores(ranking.Items),
                    ranking.Experiment,
                    ranking.Arm,
                    ranking.Temperature,
                    FloatColumn.Write(ranking.Propensities),
                    ranking.CandidateCount,
                    ranking.Unshown is { } ids ? RankedItemsColumns.Ids(ids) : null,
                    ranking.Unshown is { } scores ? RankedItemsColumns.Scores(scores) : null);
            }

            return rankings.Count;
        },
        rankings.Sum(Footprint.Estimate),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Placed<LoggedRanking>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Placed<LoggedRanking>>>(
            connection =>
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText =
                    $"SELECT {RankingRow.Columns}, id FROM rankings WHERE user_id = $user AND (time, id) > ($time, $id) ORDER BY time, id LIMIT $limit";
                command.Parameters.AddWithValue("$user", userId);
                command.Parameters.AddWithValue("$time", after.Time);
                command.Parameters.AddWithValue("$id", after.Number);
                command.Parameters.AddWithValue("$limit", limit);
                return command.ReadRows(RankingRow.ReadPlaced);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LoggedRanking>> ReadRecentAsync(string userId, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<LoggedRanking>>(
        connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT {RankingRow.Columns} FROM rankings WHERE user_id = $user ORDER BY time DESC, id DESC LIMIT $limit";
            command.Parameters.AddWithValue("$user", userId);
            command.Parameters.AddWithValue("$limit", limit);
            return command.ReadRows(RankingRow.Read);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<LoggedRanking?> FindAsync(string userId, string rankingId, DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(
        connection =>
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT {RankingRow.Columns} FROM rankings WHERE user_id = $user AND time >= $since AND ranking_id = $ranking LIMIT 1";
            command.Parameters.AddWithValue("$user", userId);
            command.Parameters.AddWithValue("$since", since.UtcTicks);
            command.Parameters.AddWithValue("$ranking", rankingId);
            return command.ReadRows(RankingRow.Read).FirstOrDefault();
        },
        cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LoggedRanking> ReadAllAsync(DateTimeOffset before, CancellationToken cancellationToken) => SqliteStream.ReadAsync(
        database,
        $"SELECT {RankingRow.Columns} FROM rankings WHERE time < $before ORDER BY user_id, time, id",
        [("$before", before.UtcTicks)],
        RankingRow.Read,
        cancellationToken);

    /// <inheritdoc/>
    public Task EraseUserAsync(string userId, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            SqliteCompaction.Ask(session);
            return session.Execute("DELETE FROM rankings WHERE user_id = $0", userId);
        },
        cancellationToken);
}
