namespace DinOrleans.Contracts.Users;

/// <summary>A request to rank candidates for one user.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.RankQuery")]
public sealed record RankQuery
{
    /// <summary>Item ids, 1 to 1,000, each at most once.</summary>
    [Id(0)]
    public required IReadOnlyList<string> Candidates { get; init; }

    /// <summary>Context feature values by name.</summary>
    [Id(1)]
    public IReadOnlyDictionary<string, string> Context { get; init; } = EmptyFeatures.Instance;

    /// <summary>How many of the best to return, 1 to 1,000; null for all.</summary>
    [Id(2)]
    public int? Limit { get; init; }

    /// <summary>Also return the attention weight of each behaviour for each returned item.</summary>
    [Id(3)]
    public bool Explain { get; init; }

    /// <summary>After this moment the answer is worthless and must cost no device time; null for the server's own limit.</summary>
    [Id(4)]
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Whether rankings that someone waits for go first, as for bulk scoring.</summary>
    [Id(5)]
    public bool Background { get; init; }
}
