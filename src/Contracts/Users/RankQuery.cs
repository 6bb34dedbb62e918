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

    /// <summary>True for bulk scoring: the ranking is scored only when no interactive one is waiting.</summary>
    [Id(5)]
    public bool Background { get; init; }

    /// <summary>
    /// How long the answer is of use from the moment the query was sent, up to a minute; after it the ranking must cost no device time. Null
    /// for the server's own limit. A duration, since the clocks of caller and server differ.
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
