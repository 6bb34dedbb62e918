using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IImpressionLog"/>
public sealed class PostgresImpressionLog(PostgresDatabase database) : IImpressionLog
{
    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<LoggedRanking> rankings, CancellationToken cancellationToken)
    {
        return database.WriteAsync(
            new PostgresBatch().Add(ErasureLock.Shared, []).Add(
                """
                INSERT INTO rankings (
                    user_id, time, ranking_id, model_version, context, items, scores, experiment, arm, temperature, propensities,
                    candidate_count, unshown, unshown_scores)
                SELECT given.user_id, given.time, given.ranking_id, given.model_version, given.context, given.items, given.scores, given.experiment,
                    given.arm, given.temperature, given.propensities, given.candidate_count, given.unshown, given.unshown_scores
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) WITH ORDINALITY AS given (
                    user_id, time, ranking_id, model_version, context, items, scores, experiment, arm, temperature, propensities,
                    candidate_count, unshown, unshown_scores, n)
                WHERE NOT EXISTS (SELECT FROM users WHERE users.user_id = given.user_id AND users.erased_until >= given.time)
                ORDER BY given.n
                """,
                [
                rankings.Select(r => r.UserId).ToArray(),
                rankings.Select(r => r.Timestamp.UtcTicks).ToArray(),
                rankings.Select(r => r.RankingId).ToArray(),
                rankings.Select(r => r.ModelVersion).ToArray(),
                rankings.Select(r => FeatureText.Write(r.Context)).ToArray(),
                rankings.Select(r => RankedItemsColumns.Ids(r.Items)).ToArray(),
                rankings.Select(r => RankedItemsColumns.Scores(r.Items)).ToArray(),
                rankings.Select(r => r.Experiment).ToArray(),
                rankings.Select(r => r.Arm).ToArray(),
                rankings.Select(r => r.Temperature).ToArray(),
                rankings.Select(r => FloatColumn.Write(r.Propensities)).ToArray(),
                rankings.Select(r => r.CandidateCount).ToArray(),
                rankings.Select(r => r.Unshown is { } ids ? RankedItemsColumns.Ids(ids) : null).ToArray(),
                rankings.Select(r => r.Unshown is { } scores ? RankedItemsColumns.Scores(scores) : null).ToArray(),
                ]),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Placed<LoggedRanking>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken) =>
        await database.ReadRowsAsync(
            $"SELECT {RankingRow.Columns}, id FROM rankings WHERE user_id = $1 AND (time, id) > ($2, $3) ORDER BY time, id LIMIT $4",
            [userId, after.Time, after.Number, (long)limit],
            RankingRow.ReadPlaced,
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LoggedRanking>> ReadRecentAsync(string userId, int limit, CancellationToken cancellationToken) => await database.ReadRowsAsync(
        $"SELECT {RankingRow.Columns} FROM rankings WHERE user_id = $1 ORDER BY time DESC, id DESC LIMIT $2",
        [userId, (long)limit],
        RankingRow.Read,
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<LoggedRanking?> FindAsync(string userId, string rankingId, DateTimeOffset since, CancellationToken cancellationToken) =>
        (await database.ReadRowsAsync(
            $"SELECT {RankingRow.Columns} FROM rankings WHERE user_id = $1 AND time >= $2 AND ranking_id = $3 LIMIT 1",
            [userId, since.UtcTicks, rankingId],
            RankingRow.Read,
            cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    /// <inheritdoc/>
    public IAsyncEnumerable<LoggedRanking> ReadAllAsync(DateTimeOffset before, CancellationToken cancellationToken) => PostgresStream.ReadAsync(
        database,
        $"SELECT {RankingRow.Columns} FROM rankings WHERE time < $1 ORDER BY user_id, time, id",
        [before.UtcTicks],
        timeoutSeconds: 0,
        RankingRow.Read,
        cancellationToken);

    /// <inheritdoc/>
    public Task EraseUserAsync(string userId, CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch().Add(ErasureLock.Alone, []).Add("DELETE FROM rankings WHERE user_id = $1", [userId]), cancellationToken);
}
