namespace DinOrleans.Contracts.Users;

/// <summary>One ranking as it was answered, kept for training.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.LoggedRanking")]
public sealed record LoggedRanking
{
    [Id(0)]
    public required string RankingId { get; init; }

    [Id(1)]
    public required string UserId { get; init; }

    /// <summary>The version that scored every item; null where the ranking was by popularity.</summary>
    [Id(2)]
    public string? ModelVersion { get; init; }

    /// <summary>When it was made.</summary>
    [Id(3)]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Context feature values by name.</summary>
    [Id(4)]
    public IReadOnlyDictionary<string, string> Context { get; init; } = EmptyFeatures.Instance;

    /// <summary>What was returned, best first: the index is the position.</summary>
    [Id(5)]
    public required IReadOnlyList<Impression> Items { get; init; }
}

/// <summary>An item that a ranking returned.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Score">The score that it was ordered by: <see cref="RankedItem.Score"/>.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.Impression")]
public readonly record struct Impression([property: Id(0)] string ItemId, [property: Id(1)] float Score);
