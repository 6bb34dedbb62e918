using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.Behaviours;

/// <summary>The system's memory of what users did: history for ranking, data for training.</summary>
public interface IBehaviourLog
{
    /// <summary>
    /// Appends events of one or more users in one transaction, together with whatever else is queued, and returns after the
    /// commit is on disk. <c>(userId, eventId)</c> is applied once, however often and concurrently it is sent.
    /// </summary>
    /// <exception cref="Contracts.StoreUnavailableException">Nothing of the call was applied; it may be retried.</exception>
    Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken);

    /// <summary>The most recent events of a user by event time, oldest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="types">Event types that count; null for all.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<BehaviourEvent>> ReadRecentAsync(
        string userId, IReadOnlyList<string>? types, int limit, CancellationToken cancellationToken);

    /// <summary>Every event, grouped by user, in time order within a user. Streams; sees a consistent snapshot.</summary>
    IAsyncEnumerable<BehaviourEvent> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Number of events of each type on each item; the popularity that the fallback ranks by.</summary>
    Task<IReadOnlyDictionary<string, long>> CountByItemAsync(IReadOnlyList<string> types, CancellationToken cancellationToken);

    /// <summary>Removes every event of a user. Idempotent.</summary>
    Task EraseUserAsync(string userId, CancellationToken cancellationToken);
}
