using System.ComponentModel.DataAnnotations;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Users;

/// <summary>A user's profile.</summary>
internal sealed class ProfileRequest
{
    /// <summary>The values of the profile's features by name. They replace all earlier ones.</summary>
    [Required]
    public Dictionary<string, FeatureValue>? Features { get; set; }
}

/// <summary>One page of everything that is held about a user. All behaviours come first, then all rankings.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Features">The values of the profile's features by name. They are on every page.</param>
/// <param name="Behaviours">The behaviours, oldest first.</param>
/// <param name="Rankings">What rankings returned for the user, as logged for training, oldest first.</param>
/// <param name="Next">The query parameter "after" of the next page. It is left out on the last page.</param>
internal sealed record UserResponse(
    string UserId, IReadOnlyDictionary<string, string> Features, IReadOnlyList<BehaviourEvent> Behaviours, IReadOnlyList<LoggedRanking> Rankings, string? Next);
