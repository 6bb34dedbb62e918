using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Impressions;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IImpressionLog"/>
public sealed class SqliteImpressionLog(SqliteDatabase database, SqliteWriter writer) : IImpressionLog
{
    private const string Columns = "r.ranking_id, u.user_id, r.model_version, r.time, r.context, r.items, r.scores";

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<LoggedRanking> rankings, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            foreach (LoggedRanking ranking in rankings)
            {
                session.Execute(
                    """
                    INSERT INTO rankings (user, time, ranking_id, model_version, context, items, scores)
                    SELECT $0, $1, $2, $3, $4, $5, $6
                    WHERE NOT EXISTS (SELECT 1 FROM users WHERE id = $0 AND erased_until >= $1)
                    """,
                    session.Number("users", "user_id", ranking.UserId),
                    ranking.Timestamp.UtcTicks,
                    ranking.RankingId,
                    ranking.ModelVersion,
                    FeatureText.Write(ranking.Context),
                    RankedItemsColumns.Ids(ranking.Items),
                    RankedItemsColumns.Scores(ranking.Items));
            }

            return rankings.Count;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LoggedRanking>> ReadRecentAsync(string userId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<LoggedRanking>>(
            connection =>
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText =
                    $"SELECT {Columns} FROM rankings r JOIN users u ON u.id = r.user WHERE u.user_id = $user ORDER BY r.time DESC, r.id DESC LIMIT $limit";
                command.Parameters.AddWithValue("$user", userId);
                command.Parameters.AddWithValue("$limit", limit);
                using SqliteDataReader reader = command.ExecuteReader();
                List<LoggedRanking> rankings = [];
                while (reader.Read())
                {
                    rankings.Add(Ranking(reader));
                }

                rankings.Reverse();
                return rankings;
            },
            cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LoggedRanking> ReadAllAsync(DateTimeOffset before, CancellationToken cancellationToken) => SqliteStream.ReadAsync(
        database,
        $"SELECT {Columns} FROM rankings r JOIN users u ON u.id = r.user WHERE r.time < $before ORDER BY r.user, r.time, r.id",
        [("$before", before.UtcTicks)],
        Ranking,
        cancellationToken);

    /// <inheritdoc/>
    public Task EraseUserAsync(string userId, CancellationToken cancellationToken) => writer.WriteAsync(
        session => session.Execute("DELETE FROM rankings WHERE user = (SELECT id FROM users WHERE user_id = $0)", userId), cancellationToken);

    private static LoggedRanking Ranking(SqliteDataReader reader) => new()
    {
        RankingId = reader.GetString(0),
        UserId = reader.GetString(1),
        ModelVersion = reader.IsDBNull(2) ? null : reader.GetString(2),
        Timestamp = new DateTimeOffset(reader.GetInt64(3), TimeSpan.Zero),
        Context = FeatureText.Read(reader.IsDBNull(4) ? null : reader.GetString(4)),
        Items = RankedItemsColumns.Read(reader.GetString(5), (byte[])reader.GetValue(6)),
    };
}
