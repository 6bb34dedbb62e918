using DinOrleans.Contracts;
using DinOrleans.Model.Schema;

namespace DinOrleans.Grains.Users;

/// <summary>What a user's grain holds in memory.</summary>
/// <param name="userId">The user.</param>
/// <param name="schema">The schema of the shop, whose behaviour sequences are kept.</param>
public sealed class UserState(string userId, FeatureSchema schema)
{
    /// <summary>A number that is computed from the user's id. It is the same in every process.</summary>
    public long UserKey { get; } = (long)(System.IO.Hashing.XxHash64.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(userId)) >> 1);

    public UserHistories Histories { get; } = new(schema);

    public HistoryVectors Vectors { get; } = new();

    /// <summary>Profile features by name.</summary>
    public IReadOnlyDictionary<string, string> Profile { get; set; } = EmptyFeatures.Instance;

    /// <summary>True if the grain holds anything of the user that rankings use.</summary>
    public bool IsKnown => Profile.Count > 0 || Histories.All.Any(h => h.Events.Count > 0);
}
