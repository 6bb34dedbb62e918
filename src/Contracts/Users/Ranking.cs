namespace DinOrleans.Contracts.Users;

/// <summary>What made a ranking's scores.</summary>
public enum RankingSource
{
    /// <summary>The active model version.</summary>
    Model,

    /// <summary>The popularity of the items, which is used before any model version is active.</summary>
    Popularity,
}

/// <summary>Candidates in descending order of score. One model version scored all of them.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.Ranking")]
public sealed record Ranking
{
    /// <summary>The id of the ranking, which events that follow from it name.</summary>
    [Id(0)]
    public required string RankingId { get; init; }

    /// <summary>The version that scored every item. Null where <see cref="Source"/> is popularity.</summary>
    [Id(1)]
    public string? ModelVersion { get; init; }

    /// <summary>What made the scores.</summary>
    [Id(2)]
    public required RankingSource Source { get; init; }

    /// <summary>The number of behaviours that the model used, 0 to the length of all of the schema's behaviour sequences together.</summary>
    [Id(3)]
    public required int HistoryLength { get; init; }

    /// <summary>The ranked candidates, best first.</summary>
    [Id(4)]
    public required IReadOnlyList<RankedItem> Items { get; init; }

    /// <summary>The time from the grain's start on the query to its answer, in microseconds.</summary>
    [Id(5)]
    public long TotalMicroseconds { get; init; }

    /// <summary>The part of <see cref="TotalMicroseconds"/> that the request waited for its batch and was scored, in microseconds.</summary>
    [Id(6)]
    public long ScoreMicroseconds { get; init; }

    /// <summary>The names of the tasks, in the order of <see cref="RankedItem.Scores"/>. Empty where <see cref="Source"/> is popularity.</summary>
    [Id(7)]
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>
    /// True where each of <see cref="RankedItem.Scores"/> is the probability of the task's event on a shown item, as learned from impressions. False
    /// where scores only order items.
    /// </summary>
    [Id(8)]
    public bool ScoresAreProbabilities { get; init; }

    /// <summary>
    /// The attention weights. Null where the query did not ask for them, where <see cref="Source"/> is popularity, and where the model has no
    /// attention.
    /// </summary>
    [Id(9)]
    public Explanation? Explanation { get; init; }

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

    /// <summary>The candidates that were left out because the catalogue says that they are not available now; null for none.</summary>
    [Id(15)]
    public IReadOnlyList<string>? UnavailableItems { get; init; }
}

/// <summary>One ranked candidate.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.RankedItem")]
public readonly record struct RankedItem
{
    /// <summary>The item.</summary>
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
}
