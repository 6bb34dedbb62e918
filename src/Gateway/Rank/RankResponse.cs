namespace DinOrleans.Gateway.Rank;

/// <summary>Candidates in descending order of score.</summary>
/// <remarks>The documented form of what <see cref="RankAnswer"/> writes.</remarks>
internal sealed record RankResponse
{
    /// <summary>To be named by the events that follow from this ranking.</summary>
    public required string RankingId { get; init; }

    /// <summary>What scored every item; left out where the source is popularity.</summary>
    public ModelReference? Model { get; init; }

    /// <summary>"model" or, before any model is active, "popularity".</summary>
    public required string Source { get; init; }

    /// <summary>How many behaviours the model attended to.</summary>
    public required int HistoryLength { get; init; }

    /// <summary>Best first.</summary>
    public required IReadOnlyList<RankedItemResponse> Items { get; init; }
}

/// <summary>A model version and its part in the ranking.</summary>
/// <param name="Version">Its name.</param>
/// <param name="Variant">Its part.</param>
/// <param name="ScoresAreProbabilities">
/// True where each task's score is the probability of its event on a shown item; false where scores order items and nothing more.
/// </param>
internal sealed record ModelReference(string Version, string Variant, bool ScoresAreProbabilities);

/// <summary>One ranked item.</summary>
internal sealed record RankedItemResponse
{
    public required string ItemId { get; init; }

    /// <summary>What the order follows, 0 to 1.</summary>
    public required float Score { get; init; }

    /// <summary>Score of each task by its name, 0 to 1; the model says whether it is a probability.</summary>
    public required IReadOnlyDictionary<string, float> Scores { get; init; }

    /// <summary>True where the catalogue does not know the item; left out where it does.</summary>
    public bool? UnknownItem { get; init; }

    /// <summary>Each behaviour's weight, oldest first; left out unless asked for. Weights need not sum to one.</summary>
    public IReadOnlyList<BehaviourAttention>? Attention { get; init; }
}
