namespace DinOrleans.Storage.Postgres;

/// <summary>Removes events together with their part in the counts by item; the statements return how many events they removed.</summary>
internal static class EventRemoval
{
    /// <summary>Removes every event of user $1.</summary>
    public static readonly string OfUser = Counted("DELETE FROM events WHERE user_no = (SELECT id FROM users WHERE user_id = $1)");

    /// <summary>Removes the oldest events of user number $1 up to a place in the user's order, (time $2, arrival $3), at most $4.</summary>
    public static readonly string Oldest = Counted(
        """
        DELETE FROM events WHERE (user_no, time, arrival) IN (
            SELECT user_no, time, arrival FROM events WHERE user_no = $1 AND (time, arrival) <= ($2, $3) ORDER BY time, arrival LIMIT $4)
        """);

    private static string Counted(string delete) =>
        $"""
        WITH removed AS ({delete} RETURNING item_no, type_no),
        counted AS (
            INSERT INTO item_counts (item_no, type_no, count)
            SELECT item_no, type_no, -count(*) FROM removed GROUP BY item_no, type_no ORDER BY item_no, type_no
            ON CONFLICT (item_no, type_no) DO UPDATE SET count = item_counts.count + excluded.count)
        SELECT count(*)::integer FROM removed
        """;
}
