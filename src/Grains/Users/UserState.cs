using DinOrleans.Contracts;

namespace DinOrleans.Grains.Users;

/// <summary>What a user's grain holds in memory.</summary>
/// <param name="userId">The user.</param>
/// <param name="historyCapacity">The most behaviours kept.</param>
public sealed class UserState(string userId, int historyCapacity)
{
    /// <summary>A number from the id, the same in every process.</summary>
    public long UserKey { get; } = (long)(System.IO.Hashing.XxHash64.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(userId)) >> 1);

    public UserHistory History { get; } = new(historyCapacity);

    public HistoryVectors Vectors { get; } = new();

    /// <summary>Profile features by name.</summary>
    public IReadOnlyDictionary<string, string> Profile { get; set; } = EmptyFeatures.Instance;
}
