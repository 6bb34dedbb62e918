namespace DinOrleans.Contracts.Users;

/// <summary>The profile of a user with the latest behaviours and rankings.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Profile">The profile.</param>
/// <param name="Behaviours">The latest events, impressions among them, newest first.</param>
/// <param name="Rankings">The latest logged rankings, newest first.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.UserRecent")]
public sealed record UserRecent(
    [property: Id(0)] string UserId,
    [property: Id(1)] UserProfile Profile,
    [property: Id(2)] IReadOnlyList<BehaviourEvent> Behaviours,
    [property: Id(3)] IReadOnlyList<LoggedRanking> Rankings);
