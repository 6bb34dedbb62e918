using DinOrleans.Contracts.Users;

namespace DinOrleans.Gateway.Rank;

/// <summary>Candidates in descending order of score.</summary>
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
    public required RankedItemResponse[] Items { get; init; }

    public static RankResponse Of(Ranking ranking)
    {
        var items = new RankedItemResponse[ranking.Items.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = RankedItemResponse.Of(ranking.Items[i], ranking.Tasks);
        }

        return new RankResponse
        {
            RankingId = ranking.RankingId,
            Model = ranking.ModelVersion is null ? null : new ModelReference(ranking.ModelVersion, "champion"),
            Source = SourceOf(ranking),
            HistoryLength = ranking.HistoryLength,
            Items = items,
        };
    }

    public static string SourceOf(Ranking ranking) => ranking.Source == RankingSource.Model ? "model" : "popularity";
}

/// <summary>A model version and its part in the ranking.</summary>
internal sealed record ModelReference(string Version, string Variant);

/// <summary>One ranked item.</summary>
/// <remarks>A structure, as its scores are: an answer has up to a thousand.</remarks>
internal readonly record struct RankedItemResponse
{
    public required string ItemId { get; init; }

    /// <summary>What the order follows, 0 to 1.</summary>
    public required float Score { get; init; }

    /// <summary>Probability of each task by its name, 0 to 1.</summary>
    public required TaskScores Scores { get; init; }

    /// <summary>True where the catalogue does not know the item; left out where it does.</summary>
    public bool? UnknownItem { get; init; }

    /// <summary>Each behaviour's weight, oldest first; left out unless asked for. Weights need not sum to one.</summary>
    public IReadOnlyList<BehaviourAttention>? Attention { get; init; }

    public static RankedItemResponse Of(RankedItem item, IReadOnlyList<string> tasks) => new()
    {
        ItemId = item.ItemId,
        Score = item.Score,
        Scores = new TaskScores(tasks, item.Scores),
        UnknownItem = item.UnknownItem ? true : null,
        Attention = item.Attention,
    };
}
