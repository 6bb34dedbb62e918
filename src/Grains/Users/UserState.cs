using DinOrleans.Contracts;
using DinOrleans.Model.Schema;

namespace DinOrleans.Grains.Users;

/// <summary>What a user's grain holds in memory.</summary>
/// <param name="userId">The user.</param>
/// <param name="schema">The shop's, whose behaviour sequences are kept.</param>
public sealed class UserState(string userId, FeatureSchema schema)
{
    /// <summary>A number from the id, the same in every process.</summary>
    public long UserKey { get; } = (long)(System.IO.Hashing.XxHash64.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(userId)) >> 1);

    public UserHistories Histories { get; } = new(schema);

    public HistoryVectors Vectors { get; } = new();

    /// <summary>Profile features by name.</summary>
    public IReadOnlyDictionary<string, string> Profile { get; set; } = EmptyFeatures.Instance;

    /// <summary>Whether anything that rankings use is held of the user.</summary>
    public bool IsKnown => Profile.Count > 0 || Histories.All.Any(h => h.Events.Count > 0);
}
