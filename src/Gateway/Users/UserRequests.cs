using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Users;

/// <summary>A user's profile.</summary>
internal sealed class ProfileRequest
{
    /// <summary>Profile feature values by name; they replace all that were there.</summary>
    public Dictionary<string, FeatureValue>? Features { get; set; }
}

/// <summary>One page of everything held about a user: all behaviours come first, then all rankings.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Features">Profile feature values by name; on every page.</param>
/// <param name="Behaviours">Oldest first.</param>
/// <param name="Rankings">What rankings returned to the user, as logged for training; oldest first.</param>
/// <param name="Next">The query parameter "after" of the next page; left out on the last page.</param>
internal sealed record UserResponse(
    string UserId, IReadOnlyDictionary<string, string> Features, IReadOnlyList<BehaviourEvent> Behaviours, IReadOnlyList<LoggedRanking> Rankings, string? Next);
