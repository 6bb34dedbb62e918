namespace DinOrleans.Storage.Postgres;

/// <summary>The statements that remove events of a user.</summary>
internal static class EventRemoval
{
    /// <summary>Removes every event of user $1.</summary>
    public const string OfUser = "DELETE FROM events WHERE user_no = (SELECT id FROM users WHERE user_id = $1)";

    /// <summary>Removes the oldest events of user number $1 up to a place in the user's order, (time $2, arrival $3), at most $4.</summary>
    public const string Oldest =
        """
        DELETE FROM events WHERE (user_no, time, arrival) IN (
            SELECT user_no, time, arrival FROM events WHERE user_no = $1 AND (time, arrival) <= ($2, $3) ORDER BY time, arrival LIMIT $4)
        """;
}
