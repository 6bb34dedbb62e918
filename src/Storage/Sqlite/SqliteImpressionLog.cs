using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Impressions;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <inheritdoc cref="IImpressionLog"/>
public sealed class SqliteImpressionLog(SqliteDatabase database, SqliteWriter writer) : IImpressionLog
{
    private const string Columns = "ranking_id, user_id, model_version, time, context, items, scores";

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<LoggedRanking> rankings, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            foreach (LoggedRanking ranking in rankings)
            {
                session.Execute(
                    """
                    INSERT INTO rankings (user_id, time, ranking_id, model_version, context, items, scores)
                    SELECT $0, $1, $2, $3, $4, $5, $6
                    WHERE NOT EXISTS (SELECT 1 FROM users WHERE user_id = $0 AND erased_until >= $1)
                    """,
                    ranking.UserId,
                    ranking.Timestamp.UtcTicks,
                    ranking.RankingId,
                    ranking.ModelVersion,
                    FeatureText.Write(ranking.Context),
                    RankedItemsColumns.Ids(ranking.Items),
                    RankedItemsColumns.Scores(ranking.Items));
            }

            return rankings.Count;
        },
        rankings.Sum(Footprint.Of),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Placed<LoggedRanking>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Placed<LoggedRanking>>>(
            connection =>
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText =
                    $"SELECT {Columns}, id FROM rankings WHERE user_id = $user AND (time, id) > ($time, $id) ORDER BY time, id LIMIT $limit";
                command.Parameters.AddWithValue("$user", userId);
                command.Parameters.AddWithValue("$time", after.Time);
                command.Parameters.AddWithValue("$id", after.Number);
                command.Parameters.AddWithValue("$limit", limit);
                using SqliteDataReader reader = command.ExecuteReader();
                List<Placed<LoggedRanking>> rankings = [];
                while (reader.Read())
                {
                    rankings.Add(new(new(reader.GetInt64(3), reader.GetInt64(7)), Ranking(reader)));
                }

                return rankings;
            },
            cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LoggedRanking> ReadAllAsync(DateTimeOffset before, CancellationToken cancellationToken) => SqliteStream.ReadAsync(
        database,
        $"SELECT {Columns} FROM rankings WHERE time < $before ORDER BY user_id, time, id",
        [("$before", before.UtcTicks)],
        Ranking,
        cancellationToken);

    /// <inheritdoc/>
    public Task EraseUserAsync(string userId, CancellationToken cancellationToken) => writer.WriteAsync(
        session =>
        {
            SqliteCompaction.Ask(session);
            return session.Execute("DELETE FROM rankings WHERE user_id = $0", userId);
        },
        cancellationToken);

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
