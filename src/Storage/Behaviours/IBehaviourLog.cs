using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.Behaviours;

/// <summary>The behaviour log: every event of every user, as history for rankings and as data for training.</summary>
public interface IBehaviourLog
{
    /// <summary>
    /// Appends events of one or more users in one transaction, together with other queued writes, and returns after the commit is on disk.
    /// <c>(userId, eventId)</c> is applied once, however often and concurrently it is sent.
    /// </summary>
    /// <remarks>Events of an erased user that happened up to the time of the user's tombstone are dropped.</remarks>
    /// <exception cref="Contracts.StoreUnavailableException">
    /// Either nothing of the call was applied, or the connection was lost before the store could say so. Send the same events again: each is
    /// applied once.
    /// </exception>
    /// <exception cref="Contracts.InternalErrorException">Nothing of the call was applied, and a retry will not help.</exception>
    Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken);

    /// <summary>Reads the most recent events of a user by event time, oldest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="types">The event types to read; null for all.</param>
    /// <param name="limit">The number of events to read at most.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<BehaviourEvent>> ReadRecentAsync(
        string userId, IReadOnlyList<string>? types, int limit, CancellationToken cancellationToken);

    /// <summary>Reads the events of a user after a place, oldest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="after">The place. The default is the place before the first event.</param>
    /// <param name="limit">The number of events to read at most, at least 1.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<Placed<BehaviourEvent>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken);

    /// <summary>Streams every event, grouped by user and in time order within a user. The events are a consistent snapshot.</summary>
    IAsyncEnumerable<BehaviourEvent> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Counts the events on each item, which is the popularity that the fallback ranks by. It counts the whole log each time, because the
    /// fallback is used only until a first model is active, and counts that are kept would slow down every write.
    /// </summary>
    /// <param name="types">The event types to count.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    Task<IReadOnlyDictionary<string, long>> CountByItemAsync(IReadOnlyList<string> types, CancellationToken cancellationToken);

    /// <summary>Number of events after a moment, by their own time. Reads the whole log each time.</summary>
    /// <param name="types">Event types that count.</param>
    /// <param name="after">The moment.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    Task<long> CountSinceAsync(IReadOnlyList<string> types, DateTimeOffset after, CancellationToken cancellationToken);

    /// <summary>
    /// Removes every event of a user and leaves a tombstone. The tombstone keeps out every event up to its time, which is the later of the user's
    /// latest event and now plus the tolerance for clocks that differ. So no event that was or could have been accepted before the erasure comes
    /// back. The call is idempotent.
    /// </summary>
    Task EraseUserAsync(string userId, CancellationToken cancellationToken);
}
