namespace DinOrleans.Contracts.Users;

/// <summary>One ranking as it was answered, kept for training.</summary>
/// <remarks>All of its candidates come from the caller of the ranking, so no item names a source.</remarks>
[GenerateSerializer, Immutable, Alias("DinOrleans.LoggedRanking")]
public sealed record LoggedRanking
{
    [Id(0)]
    public required string RankingId { get; init; }

    [Id(1)]
    public required string UserId { get; init; }

    /// <summary>The version that scored every item. Null where the ranking was by popularity.</summary>
    [Id(2)]
    public string? ModelVersion { get; init; }

    /// <summary>When it was made.</summary>
    [Id(3)]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Context feature values by name.</summary>
    [Id(4)]
    public IReadOnlyDictionary<string, string> Context { get; init; } = EmptyFeatures.Instance;

    /// <summary>The returned items, best first. The index is the position.</summary>
    [Id(5)]
    public required IReadOnlyList<Impression> Items { get; init; }

    /// <summary>The experiment that the user was in; null where there was none.</summary>
    [Id(6)]
    public string? Experiment { get; init; }

    /// <summary>The arm of the experiment that answered; null where there was no experiment.</summary>
    [Id(7)]
    public string? Arm { get; init; }

    /// <summary>The temperature at which the order was drawn; null where the items are ordered by score.</summary>
    [Id(8)]
    public double? Temperature { get; init; }

    /// <summary>
    /// The probability of each item of <see cref="Items"/> at its position, given the items before it, each above 0 to 1. Empty where the items are
    /// ordered by score, which makes every one of them 1.
    /// </summary>
    [Id(9)]
    public ReadOnlyMemory<float> Propensities { get; init; }

    /// <summary>The number of candidates that were ranked. Null if it was not logged.</summary>
    [Id(10)]
    public int? CandidateCount { get; init; }

    /// <summary>
    /// The candidates that were ranked and not returned, best first; null where they were not logged, which is so for all but a share of the
    /// rankings.
    /// </summary>
    [Id(11)]
    public IReadOnlyList<Impression>? Unshown { get; init; }
}

/// <summary>An item that a ranking returned.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Score">The score that it was ordered by: <see cref="RankedItem.Score"/>.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.Impression")]
public readonly record struct Impression([property: Id(0)] string ItemId, [property: Id(1)] float Score);
