using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.Impressions;

/// <summary>What rankings returned: with the behaviours that followed, what training learns from.</summary>
public interface IImpressionLog
{
    /// <summary>Appends rankings of any users in one transaction. One from before its user's erasure is left out.</summary>
    /// <exception cref="Contracts.StoreUnavailableException">None was appended.</exception>
    Task AppendAsync(IReadOnlyList<LoggedRanking> rankings, CancellationToken cancellationToken);

    /// <summary>The rankings of a user after a place, oldest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="after">The place; the default is that before the first ranking.</param>
    /// <param name="limit">At most this many, at least 1.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<Placed<LoggedRanking>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken);

    /// <summary>The ranking of a user by its id; null where it is not held.</summary>
    Task<LoggedRanking?> FindAsync(string userId, string rankingId, CancellationToken cancellationToken);

    /// <summary>Every ranking made before a moment, grouped by user, in time order within a user. Streams; sees a consistent snapshot.</summary>
    IAsyncEnumerable<LoggedRanking> ReadAllAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Removes every ranking of a user. Idempotent. Call it after <see cref="Behaviours.IBehaviourLog.EraseUserAsync"/>, whose tombstone
    /// keeps out the rankings that still wait to be appended.
    /// </summary>
    Task EraseUserAsync(string userId, CancellationToken cancellationToken);
}
