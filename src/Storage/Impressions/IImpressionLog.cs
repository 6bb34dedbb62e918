using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.Impressions;

/// <summary>The ranking log: what rankings returned. Training learns from it together with the behaviours that followed.</summary>
public interface IImpressionLog
{
    /// <summary>Appends rankings of any users in one transaction. A ranking from before its user's erasure is left out.</summary>
    /// <exception cref="Contracts.StoreUnavailableException">No ranking was appended.</exception>
    Task AppendAsync(IReadOnlyList<LoggedRanking> rankings, CancellationToken cancellationToken);

    /// <summary>Reads the rankings of a user after a place, oldest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="after">The place. The default is the place before the first ranking.</param>
    /// <param name="limit">The number of rankings to read at most, at least 1.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<Placed<LoggedRanking>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken);

    /// <summary>Reads the latest rankings of a user, newest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="limit">The number of rankings to read at most, at least 1.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<LoggedRanking>> ReadRecentAsync(string userId, int limit, CancellationToken cancellationToken);

    /// <summary>Reads the ranking of a user by its id; null where the log does not have it.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="rankingId">The ranking.</param>
    /// <param name="since">The time from which on the ranking was made. The log looks through the user's rankings from there on.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<LoggedRanking?> FindAsync(string userId, string rankingId, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Streams every ranking made before a moment, grouped by user and in time order within a user. The rankings are a consistent snapshot.</summary>
    IAsyncEnumerable<LoggedRanking> ReadAllAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// Removes every ranking of a user. The call is idempotent. Call it after <see cref="Behaviours.IBehaviourLog.EraseUserAsync"/>, whose tombstone
    /// keeps out the rankings that still wait to be appended.
    /// </summary>
    Task EraseUserAsync(string userId, CancellationToken cancellationToken);
}
