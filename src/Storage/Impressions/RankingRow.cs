using System.Data.Common;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Features;

namespace DinOrleans.Storage.Impressions;

/// <summary>A logged ranking as a row of the table <c>rankings</c>. The columns are the same in both databases.</summary>
internal static class RankingRow
{
    /// <summary>The columns that <see cref="Read"/> reads. A query may select more after them, from column <see cref="Count"/> on.</summary>
    public const string Columns = "ranking_id, user_id, model_version, time, context, items, scores, experiment, arm, temperature, propensities, candidate_count, unshown, unshown_scores";

    /// <summary>The number of columns in <see cref="Columns"/>.</summary>
    public const int Count = 14;

    private const int Time = 3;

    /// <summary>Makes the ranking of the row that the reader is at.</summary>
    public static LoggedRanking Read(DbDataReader row) => new()
    {
        RankingId = row.GetString(0),
        UserId = row.GetString(1),
        ModelVersion = row.IsDBNull(2) ? null : row.GetString(2),
        Timestamp = new DateTimeOffset(row.GetInt64(Time), TimeSpan.Zero),
        Context = FeatureText.Read(row.IsDBNull(4) ? null : row.GetString(4)),
        Items = RankedItemsColumns.Read(row.GetString(5), row.GetFieldValue<byte[]>(6)),
        Experiment = row.IsDBNull(7) ? null : row.GetString(7),
        Arm = row.IsDBNull(8) ? null : row.GetString(8),
        Temperature = row.IsDBNull(9) ? null : row.GetDouble(9),
        Propensities = row.IsDBNull(10) ? default : FloatColumn.Read(row.GetFieldValue<byte[]>(10)),
        CandidateCount = row.IsDBNull(11) ? null : row.GetInt32(11),
        Unshown = row.IsDBNull(12) ? null : RankedItemsColumns.Read(row.GetString(12), row.GetFieldValue<byte[]>(13)),
    };

    /// <summary>Makes the ranking of a row whose next column after <see cref="Columns"/> is the row's number.</summary>
    public static Placed<LoggedRanking> ReadPlaced(DbDataReader row) => new(new(row.GetInt64(Time), row.GetInt64(Count)), Read(row));
}
