namespace DinOrleans.Contracts.Users;

/// <summary>One user, keyed by user id: profile, behaviour sequence and the rankings made for them.</summary>
[Alias("DinOrleans.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>Ranks candidates for this user with the active model, or by popularity before any model is active.</summary>
    /// <exception cref="InvalidInputException">The query breaks a rule; nothing was scored.</exception>
    /// <exception cref="OverloadedException">The scoring queue is full; try again after the stated time.</exception>
    /// <exception cref="DeadlineExceededException">The time that the query said was left passed before it was scored.</exception>
    [Alias("Rank")]
    Task<Ranking> RankAsync(RankQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends behaviours of this user. Returns after they are on disk; the next ranking uses them.
    /// An event id already applied counts as a duplicate and changes nothing.
    /// </summary>
    /// <exception cref="InvalidInputException">An event breaks a rule; none was applied.</exception>
    /// <exception cref="StoreUnavailableException">Whether the events were applied is not known; send them again.</exception>
    [Alias("Append"), ResponseTimeout(CallDeadlines.Usual)]
    Task<AppendResult> AppendAsync([Immutable] IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Replaces the user's profile features.</summary>
    /// <exception cref="InvalidInputException">A feature is unknown to the schema; the profile is unchanged.</exception>
    /// <exception cref="StoreUnavailableException">Whether the profile was replaced is not known; send it again.</exception>
    [Alias("PutProfile"), ResponseTimeout(CallDeadlines.Usual)]
    Task PutProfileAsync(UserProfile profile, CancellationToken cancellationToken = default);

    /// <summary>
    /// One page of everything held about the user: profile, behaviours with their event ids, and logged rankings. A page also ends where it
    /// has as many bytes as an answer should have.
    /// </summary>
    /// <exception cref="InvalidInputException">The limit is out of range, or the place is not one that a page gave.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    [Alias("GetPage"), ResponseTimeout(CallDeadlines.Usual)]
    Task<UserPage> GetAsync(UserPageQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes profile, behaviours with their event ids and contexts, and logged rankings, everywhere. Idempotent. Events that happened before
    /// the erasure, or within the tolerance for clocks after it, are dropped from then on, however late they arrive.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The erasure may be incomplete; repeat it.</exception>
    [Alias("Erase"), ResponseTimeout(CallDeadlines.Usual)]
    Task EraseAsync(CancellationToken cancellationToken = default);
}
