using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.Behaviours;

/// <summary>The system's memory of what users did: history for ranking, data for training.</summary>
public interface IBehaviourLog
{
    /// <summary>
    /// Appends events of one or more users in one transaction, together with whatever else is queued, and returns after the
    /// commit is on disk. <c>(userId, eventId)</c> is applied once, however often and concurrently it is sent.
    /// </summary>
    /// <remarks>Events of a user who was erased are dropped where they happened up to the time of the user's tombstone.</remarks>
    /// <exception cref="Contracts.StoreUnavailableException">
    /// Either nothing of the call was applied, or the connection was lost before the store could say so. Send the same events again: each is
    /// applied once.
    /// </exception>
    /// <exception cref="Contracts.InternalErrorException">Nothing of the call was applied, and a retry will not help.</exception>
    Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken);

    /// <summary>The most recent events of a user by event time, oldest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="types">Event types that count; null for all.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<BehaviourEvent>> ReadRecentAsync(
        string userId, IReadOnlyList<string>? types, int limit, CancellationToken cancellationToken);

    /// <summary>The events of a user after a place, oldest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="after">The place; the default is that before the first event.</param>
    /// <param name="limit">At most this many, at least 1.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<Placed<BehaviourEvent>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken);

    /// <summary>Every event, grouped by user, in time order within a user. Streams; sees a consistent snapshot.</summary>
    IAsyncEnumerable<BehaviourEvent> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Number of events on each item, the popularity that the fallback ranks by. Counts the whole log each time: writers do not keep counts
    /// for something that is of use only until a first model is active.
    /// </summary>
    /// <param name="types">Event types that count.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    Task<IReadOnlyDictionary<string, long>> CountByItemAsync(IReadOnlyList<string> types, CancellationToken cancellationToken);

    /// <summary>
    /// Removes every event of a user and leaves a tombstone, which keeps out every event that happened up to the latest of: now and the
    /// tolerance for clocks that differ, and the user's latest event. So no event that was or could have been accepted before the erasure
    /// comes back. Idempotent.
    /// </summary>
    Task EraseUserAsync(string userId, CancellationToken cancellationToken);
}
