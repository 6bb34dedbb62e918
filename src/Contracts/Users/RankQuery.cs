namespace DinOrleans.Contracts.Users;

/// <summary>A request to rank candidates for one user.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.RankQuery")]
public sealed record RankQuery
{
    /// <summary>The ids of the items to rank, 1 to 1,000, each at most once.</summary>
    [Id(0)]
    public required IReadOnlyList<string> Candidates { get; init; }

    /// <summary>Context feature values by name.</summary>
    [Id(1)]
    public IReadOnlyDictionary<string, string> Context { get; init; } = EmptyFeatures.Instance;

    /// <summary>The number of items to return, the best first, 1 to 1,000. Null for all.</summary>
    [Id(2)]
    public int? Limit { get; init; }

    /// <summary>True to also return the attention weight of each behaviour for each returned item.</summary>
    [Id(3)]
    public bool Explain { get; init; }

    /// <summary>True for bulk scoring: the ranking is scored only when no interactive ranking is waiting.</summary>
    [Id(5)]
    public bool Background { get; init; }

    /// <summary>
    /// How long the answer is of use from the moment the query was sent, up to a minute. After that the ranking costs no device time. Null for the
    /// server's own limit. It is a duration, because the clocks of caller and server differ.
    /// </summary>
    [Id(6)]
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>The arm to rank with instead of the user's own, for a person who looks at it. The ranking is not measured. Null for the user's own.</summary>
    [Id(7)]
    public ArmReference? Override { get; init; }
}

/// <summary>An arm of an experiment.</summary>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Arm">The arm's name.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ArmReference")]
public sealed record ArmReference([property: Id(0)] string Experiment, [property: Id(1)] string Arm);
