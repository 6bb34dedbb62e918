namespace DinOrleans.Storage.Retention;

/// <summary>Removes old rows from the behaviour log and the ranking log, a bounded number of rows per transaction.</summary>
public interface IRetentionStore
{
    /// <summary>Removes rankings made before a moment, oldest first.</summary>
    /// <param name="before">The moment.</param>
    /// <param name="rows">The number of rows to remove at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The number of rankings that were removed. It is less than <paramref name="rows"/> if no more rankings are old enough.</returns>
    /// <exception cref="Contracts.StoreUnavailableException">Nothing was removed.</exception>
    Task<int> TrimRankingsAsync(DateTimeOffset before, int rows, CancellationToken cancellationToken);

    /// <summary>Removes the oldest events of the next users. The store decides the order of users.</summary>
    /// <param name="limits">The limits that say which events may stay.</param>
    /// <param name="after">The end of the step before; 0 to start at the first user.</param>
    /// <param name="rows">The number of rows to remove at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Contracts.StoreUnavailableException">Nothing was removed.</exception>
    Task<TrimStep> TrimEventsAsync(EventLimits limits, long after, int rows, CancellationToken cancellationToken);
}

/// <summary>The limits that say which events of a user may stay.</summary>
/// <param name="Before">Events from before this moment are removed. Null if events of any age may stay.</param>
/// <param name="MaxEvents">The number of events that may stay, the latest by their own time. Null if any number may stay.</param>
public readonly record struct EventLimits(DateTimeOffset? Before, int? MaxEvents);

/// <summary>The result of a step.</summary>
/// <param name="Removed">The number of events that were removed.</param>
/// <param name="Next">The user after whom the next step starts. Null once every user has been seen.</param>
public readonly record struct TrimStep(int Removed, long? Next);
