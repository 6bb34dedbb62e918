namespace DinOrleans.Contracts.Users;

/// <summary>Where scores came from.</summary>
public enum RankingSource
{
    /// <summary>The active model version.</summary>
    Model,

    /// <summary>Item popularity, before any model version is active.</summary>
    Popularity,
}

/// <summary>Candidates in descending order of score, all scored by one model version.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.Ranking")]
public sealed record Ranking
{
    [Id(0)]
    public required string RankingId { get; init; }

    /// <summary>The version that scored every item; null where <see cref="Source"/> is popularity.</summary>
    [Id(1)]
    public string? ModelVersion { get; init; }

    [Id(2)]
    public required RankingSource Source { get; init; }

    /// <summary>How many behaviours the model attended to, 0 to the schema's sequence length.</summary>
    [Id(3)]
    public required int HistoryLength { get; init; }

    [Id(4)]
    public required IReadOnlyList<RankedItem> Items { get; init; }

    /// <summary>Time from the grain's start on the query to its answer, in microseconds.</summary>
    [Id(5)]
    public long TotalMicroseconds { get; init; }

    /// <summary>Of that, time queued and in the scorer, in microseconds.</summary>
    [Id(6)]
    public long ScoreMicroseconds { get; init; }

    /// <summary>The names of the tasks, in the order of <see cref="RankedItem.Scores"/>. Empty where <see cref="Source"/> is popularity.</summary>
    [Id(7)]
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>
    /// True where each of <see cref="RankedItem.Scores"/> is the probability of the task's event on a shown item, as learned from impressions; false
    /// where scores order items and nothing more.
    /// </summary>
    [Id(8)]
    public bool ScoresAreProbabilities { get; init; }

    /// <summary>The experiment that the user is in; null where there is none.</summary>
    [Id(11)]
    public string? Experiment { get; init; }

    /// <summary>The arm of the experiment that answered, "champion" for the active version; null where there is no experiment.</summary>
    [Id(12)]
    public string? Variant { get; init; }

    /// <summary>The temperature at which the order was drawn; null where the items are ordered by score.</summary>
    [Id(13)]
    public double? Temperature { get; init; }

    /// <summary>
    /// The probability of each item at its position, given the items before it; empty where the items are ordered by score, which makes every one
    /// of them 1.
    /// </summary>
    [Id(14)]
    public ReadOnlyMemory<float> Propensities { get; init; }
}

/// <summary>One ranked candidate.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.RankedItem")]
public readonly record struct RankedItem
{
    [Id(0)]
    public required string ItemId { get; init; }

    /// <summary>
    /// The score that the items are ordered by. It is 0..1 where it is a popularity or a product of task scores, which is what a schema without
    /// <c>rankingScore</c> means. A <c>rankingScore</c> of the kind <c>sum</c> can be any finite number, also a negative one.
    /// </summary>
    [Id(1)]
    public required float Score { get; init; }

    /// <summary>
    /// The score of each task, 0..1, in the order of <see cref="Ranking.Tasks"/>. <see cref="Ranking.ScoresAreProbabilities"/> says what it means.
    /// Empty where <see cref="Ranking.Source"/> is popularity.
    /// </summary>
    [Id(2)]
    public required ReadOnlyMemory<float> Scores { get; init; }

    /// <summary>True where the catalogue does not know the item and its out-of-vocabulary row was used.</summary>
    [Id(3)]
    public bool UnknownItem { get; init; }

    /// <summary>
    /// The attention weight of each behaviour, oldest first. Null where the query did not ask for it, where the ranking is by popularity, and
    /// where the model has no attention.
    /// </summary>
    [Id(4)]
    public IReadOnlyList<BehaviourAttention>? Attention { get; init; }
}

/// <summary>The activation unit's weight of one behaviour for one candidate. Weights need not sum to one.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.BehaviourAttention")]
public sealed record BehaviourAttention(
    [property: Id(0)] string ItemId,
    [property: Id(1)] DateTimeOffset Timestamp,
    [property: Id(2)] float Weight);
