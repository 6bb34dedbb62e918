using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Impressions;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <inheritdoc cref="IImpressionLog"/>
public sealed class PostgresImpressionLog(PostgresDatabase database) : IImpressionLog
{
    private const string Columns = "r.ranking_id, u.user_id, r.model_version, r.time, r.context, r.items, r.scores";

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<LoggedRanking> rankings, CancellationToken cancellationToken)
    {
        string[] users = [.. rankings.Select(r => r.UserId)];
        return database.WriteAsync(
            new PostgresBatch().AddNumbers("users", "user_id", users).Add(
                """
                WITH held AS MATERIALIZED (SELECT id, user_id, erased_until FROM users WHERE user_id = ANY($1) ORDER BY id FOR SHARE)
                INSERT INTO rankings (user_no, time, ranking_id, model_version, context, items, scores)
                SELECT held.id, given.time, given.ranking_id, given.model_version, given.context, given.items, given.scores
                FROM unnest($1, $2, $3, $4, $5, $6, $7) WITH ORDINALITY AS given (user_id, time, ranking_id, model_version, context, items, scores, n)
                JOIN held ON held.user_id = given.user_id
                WHERE held.erased_until IS NULL OR held.erased_until < given.time
                ORDER BY given.n
                """,
                [
                users,
                rankings.Select(r => r.Timestamp.UtcTicks).ToArray(),
                rankings.Select(r => r.RankingId).ToArray(),
                rankings.Select(r => r.ModelVersion).ToArray(),
                rankings.Select(r => FeatureText.Write(r.Context)).ToArray(),
                rankings.Select(r => RankedItemsColumns.Ids(r.Items)).ToArray(),
                rankings.Select(r => RankedItemsColumns.Scores(r.Items)).ToArray(),
                ]),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LoggedRanking>> ReadRecentAsync(string userId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<LoggedRanking>>(
            $"SELECT {Columns} FROM rankings r JOIN users u ON u.id = r.user_no WHERE u.user_id = $1 ORDER BY r.time DESC, r.id DESC LIMIT $2",
            [userId, (long)limit],
            async (reader, cancellation) =>
            {
                List<LoggedRanking> rankings = [];
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    rankings.Add(Ranking(reader));
                }

                rankings.Reverse();
                return rankings;
            },
            cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LoggedRanking> ReadAllAsync(DateTimeOffset before, CancellationToken cancellationToken) => PostgresStream.ReadAsync(
        database,
        $"SELECT {Columns} FROM rankings r JOIN users u ON u.id = r.user_no WHERE r.time < $1 ORDER BY r.user_no, r.time, r.id",
        [before.UtcTicks],
        Ranking,
        cancellationToken);

    /// <inheritdoc/>
    public Task EraseUserAsync(string userId, CancellationToken cancellationToken) => database.WriteAsync(
        new PostgresBatch().Add("DELETE FROM rankings WHERE user_no = (SELECT id FROM users WHERE user_id = $1)", [userId]), cancellationToken);

    private static LoggedRanking Ranking(NpgsqlDataReader reader) => new()
    {
        RankingId = reader.GetString(0),
        UserId = reader.GetString(1),
        ModelVersion = reader.IsDBNull(2) ? null : reader.GetString(2),
        Timestamp = new DateTimeOffset(reader.GetInt64(3), TimeSpan.Zero),
        Context = FeatureText.Read(reader.IsDBNull(4) ? null : reader.GetString(4)),
        Items = RankedItemsColumns.Read(reader.GetString(5), reader.GetFieldValue<byte[]>(6)),
    };
}
