namespace DinOrleans.Storage.Retention;

/// <summary>Removes what is past its time from the logs, a bounded number of rows a transaction.</summary>
public interface IRetentionStore
{
    /// <summary>Removes rankings made before a moment, oldest first.</summary>
    /// <param name="before">The moment.</param>
    /// <param name="rows">At most this many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many were removed; fewer than <paramref name="rows"/> where none is left.</returns>
    /// <exception cref="Contracts.StoreUnavailableException">Nothing was removed.</exception>
    Task<int> TrimRankingsAsync(DateTimeOffset before, int rows, CancellationToken cancellationToken);

    /// <summary>Removes the oldest events of the next users, in an order of the store's own.</summary>
    /// <param name="limits">What may stay.</param>
    /// <param name="after">Where the step before ended; 0 to start at the first user.</param>
    /// <param name="rows">At most this many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Contracts.StoreUnavailableException">Nothing was removed.</exception>
    Task<TrimStep> TrimEventsAsync(EventLimits limits, long after, int rows, CancellationToken cancellationToken);
}

/// <summary>Which events of a user may stay.</summary>
/// <param name="Before">Those from before this moment may not; null for any age.</param>
/// <param name="MaxEvents">At most so many, the latest by their own time; null for any number.</param>
public readonly record struct EventLimits(DateTimeOffset? Before, int? MaxEvents);

/// <summary>How far a step came.</summary>
/// <param name="Removed">Events removed.</param>
/// <param name="Next">Where the next step starts; null where every user has been seen.</param>
public readonly record struct TrimStep(int Removed, long? Next);
