using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Users;

/// <summary>One grain per user, keyed by the user's id. It holds the user's profile and history, and ranks for the user.</summary>
/// <remarks>
/// Each call fails with <see cref="InvalidInputException"/> where the key is not a user id, and with <see cref="InternalErrorException"/> where
/// the system fails in a way that repeating the call does not mend.
/// </remarks>
[Alias("DinOrleans.IUserGrain"), Version(1)]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>
    /// Ranks candidates for this user with the active model, or by popularity before any model is active. The ranking is logged for training
    /// unless the silo's settings say otherwise. It does not wait for the log.
    /// </summary>
    /// <exception cref="InvalidInputException">The query breaks a rule. Nothing was scored.</exception>
    /// <exception cref="OverloadedException">The scoring queue is full. Try again after the stated time.</exception>
    /// <exception cref="DeadlineExceededException">The time that was left passed before the ranking was scored.</exception>
    /// <exception cref="StoreUnavailableException">The user's history or profile is not in memory and cannot be read now. Try again.</exception>
    /// <exception cref="ModelVersionNotLoadedException">The silos do not hold the same active version now. Try again.</exception>
    [Alias("Rank")]
    Task<Ranking> RankAsync(RankQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends events of this user, impressions among them. Returns when they are on disk. The next ranking uses those that are behaviours.
    /// An event whose id was applied before counts as a duplicate and changes nothing.
    /// </summary>
    /// <exception cref="InvalidInputException">An event breaks a rule. No event was applied.</exception>
    /// <exception cref="StoreUnavailableException">It is not known whether the events were applied. Send them again.</exception>
    [Alias("Append"), ResponseTimeout(CallDeadlines.Usual)]
    Task<AppendResult> AppendAsync([Immutable] IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Replaces the user's profile. Returns when it is on disk. The next ranking uses it.</summary>
    /// <exception cref="InvalidInputException">The profile breaks a rule, for example names a feature that the schema lacks. It was not replaced.</exception>
    /// <exception cref="StoreUnavailableException">It is not known whether the profile was replaced. Send it again.</exception>
    [Alias("PutProfile"), ResponseTimeout(CallDeadlines.Usual)]
    Task PutProfileAsync(UserProfile profile, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads one page of everything that is held about the user: the profile, the events with their ids and contexts, and the logged rankings.
    /// A page may have fewer rows than its limit, because it also ends where it has as many bytes as an answer should have.
    /// </summary>
    /// <exception cref="InvalidInputException">The limit is out of range, or the place is not one that a page gave.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now. Try again.</exception>
    [Alias("GetPage"), ResponseTimeout(CallDeadlines.Usual)]
    Task<UserPage> GetAsync(UserPageQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads the profile with the latest events and logged rankings, newest first.</summary>
    /// <param name="limit">The most events, and the most rankings, 1 to <see cref="InputLimits.SearchRows"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="InvalidInputException">The limit is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now. Try again.</exception>
    [Alias("GetRecent"), ResponseTimeout(CallDeadlines.Usual)]
    Task<UserRecent> GetRecentAsync(int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the profile, the events with their ids and contexts, and the logged rankings, from every store and from memory. A call that is
    /// repeated does no harm. Events that happened before the erasure, or within the tolerance for clocks after it, are dropped from then on,
    /// however late they arrive. So are rankings that were made before it and still wait to be logged.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The erasure may be incomplete. Repeat it.</exception>
    [Alias("Erase"), ResponseTimeout(CallDeadlines.Usual)]
    Task EraseAsync(CancellationToken cancellationToken = default);
}
