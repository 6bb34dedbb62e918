namespace DinOrleans.Datasets.Shoppers;

/// <summary>What the shop shows to a shopper.</summary>
/// <param name="RankingId">Names the ranking in the events that follow from it.</param>
/// <param name="Items">The ids of the items shown, first position first.</param>
/// <param name="Source">The source of the order, for example "model" or "popularity".</param>
public sealed record ShownRanking(string RankingId, IReadOnlyList<string> Items, string Source)
{
    /// <summary>The model version that scored; null where none did.</summary>
    public string? Version { get; init; }

    /// <summary>The part of the version or the arm of an experiment; null where the answer names none.</summary>
    public string? Variant { get; init; }

    /// <summary>How many of the items the shop's catalogue does not have.</summary>
    public int UnknownItems { get; init; }
}
