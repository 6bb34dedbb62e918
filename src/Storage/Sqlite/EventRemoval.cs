namespace DinOrleans.Storage.Sqlite;

/// <summary>Removes events of a user.</summary>
internal static class EventRemoval
{
    private const string UpToPlace = "FROM events WHERE user = $0 AND (time, arrival) <= ($1, $2)";

    /// <summary>Removes every event of a user.</summary>
    public static int All(WriteSession session, long user) => session.Execute("DELETE FROM events WHERE user = $0", user);

    /// <summary>Removes the oldest events up to a place in the user's order.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="user">The user's number.</param>
    /// <param name="time">The time of the last event to remove.</param>
    /// <param name="arrival">The number of that event in the order of arrival.</param>
    /// <param name="rows">The number of events to remove at most, at least 1.</param>
    /// <returns>The number of events that were removed.</returns>
    public static int Oldest(WriteSession session, long user, long time, long arrival, int rows)
    {
        object? nearerTime = session.Scalar($"SELECT time {UpToPlace} ORDER BY time, arrival LIMIT 1 OFFSET $3", user, time, arrival, rows - 1);
        object? nearerArrival = session.Scalar($"SELECT arrival {UpToPlace} ORDER BY time, arrival LIMIT 1 OFFSET $3", user, time, arrival, rows - 1);
        return session.Execute($"DELETE {UpToPlace}", user, (long?)nearerTime ?? time, (long?)nearerArrival ?? arrival);
    }
}
