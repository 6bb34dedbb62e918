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
    [Alias("Append"), ResponseTimeout(CallDeadlines.Usual)]
    Task<AppendResult> AppendAsync([Immutable] IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Replaces the user's profile features.</summary>
    /// <exception cref="InvalidInputException">A feature is unknown to the schema; the profile is unchanged.</exception>
    [Alias("PutProfile"), ResponseTimeout(CallDeadlines.Usual)]
    Task PutProfileAsync(UserProfile profile, CancellationToken cancellationToken = default);

    /// <summary>Everything held about the user: profile and behaviours, event ids included.</summary>
    [Alias("Get"), ResponseTimeout(CallDeadlines.Usual)]
    Task<UserSnapshot> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes profile and behaviours everywhere. Idempotent.</summary>
    [Alias("Erase"), ResponseTimeout(CallDeadlines.Usual)]
    Task EraseAsync(CancellationToken cancellationToken = default);
}
