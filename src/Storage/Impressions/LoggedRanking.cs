namespace DinOrleans.Storage.Impressions;

/// <summary>One ranking as it was answered.</summary>
public sealed record LoggedRanking
{
    public required string RankingId { get; init; }

    public required string UserId { get; init; }

    /// <summary>The version that scored every item; null where the ranking was by popularity.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Context feature values by name.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = Contracts.EmptyFeatures.Instance;

    /// <summary>What was returned, best first: the index is the position.</summary>
    public required IReadOnlyList<Impression> Items { get; init; }
}

/// <summary>An item that a ranking returned.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Score">Its ranking score.</param>
public readonly record struct Impression(string ItemId, float Score);
