using System.Data.Common;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Features;

namespace DinOrleans.Storage.Behaviours;

/// <summary>An event as a row. The columns are the same in both databases.</summary>
internal static class EventRow
{
    /// <summary>
    /// The columns that <see cref="Read"/> reads: of the event (e), its user (u), its item (i) and its type (t). A query may select more after
    /// them, from column <see cref="Count"/> on.
    /// </summary>
    public const string Columns = "u.user_id, e.event_id, i.item_id, t.name, e.time, e.ranking_id, e.context";

    /// <summary>The number of columns in <see cref="Columns"/>.</summary>
    public const int Count = 7;

    private const int Time = 4;

    /// <summary>Makes the event of the row that the reader is at.</summary>
    public static BehaviourEvent Read(DbDataReader row) => new()
    {
        UserId = row.GetString(0),
        EventId = row.GetString(1),
        ItemId = row.GetString(2),
        Type = row.GetString(3),
        Timestamp = new DateTimeOffset(row.GetInt64(Time), TimeSpan.Zero),
        RankingId = row.IsDBNull(5) ? null : row.GetString(5),
        Context = FeatureText.Read(row.IsDBNull(6) ? null : row.GetString(6)),
    };

    /// <summary>Makes the event of a row whose next column after <see cref="Columns"/> is the event's number in the order of arrival.</summary>
    public static Placed<BehaviourEvent> ReadPlaced(DbDataReader row) => new(new(row.GetInt64(Time), row.GetInt64(Count)), Read(row));
}
