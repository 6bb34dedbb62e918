namespace DinOrleans.Client;

/// <summary>Candidates in descending order of score.</summary>
public sealed record Ranking
{
    /// <summary>Names the ranking. Send it with the events that follow from this ranking.</summary>
    public required string RankingId { get; init; }

    /// <summary>The version that scored every item; null where the source is popularity.</summary>
    public ServingModel? Model { get; init; }

    /// <summary>"model" or, before any version is active, "popularity".</summary>
    public required string Source { get; init; }

    /// <summary>The number of behaviours that the model used, over all behaviour sequences.</summary>
    public int HistoryLength { get; init; }

    /// <summary>The candidates that were left out because they are not available now; null where there are none.</summary>
    public IReadOnlyList<string>? UnavailableItems { get; init; }

    /// <summary>The items, best first. It is empty where no candidate is available.</summary>
    public required IReadOnlyList<RankedItem> Items { get; init; }
}

/// <summary>The model that scored a ranking.</summary>
/// <param name="Version">The name of the version.</param>
/// <param name="Variant">The arm that answered, "champion" for the active version.</param>
/// <param name="Experiment">The experiment of the arm; null where the user is in none.</param>
/// <param name="ScoresAreProbabilities">True where each task's score is the probability of its event on a shown item.</param>
public sealed record ServingModel(string Version, string Variant, string? Experiment, bool ScoresAreProbabilities);

/// <summary>One ranked item.</summary>
public sealed record RankedItem
{
    /// <summary>The item.</summary>
    public required string ItemId { get; init; }

    /// <summary>The ranking score that the order follows, 0 to 1.</summary>
    public float Score { get; init; }

    /// <summary>The score of each task by its name, 0 to 1.</summary>
    public IReadOnlyDictionary<string, float> Scores { get; init; } = new Dictionary<string, float>();

    /// <summary>True where the catalogue does not have the item.</summary>
    public bool UnknownItem { get; init; }

    /// <summary>The weight of each behaviour, oldest first; null unless the request asked for it. The weights need not sum to one.</summary>
    public IReadOnlyList<AttendedBehaviour>? Attention { get; init; }
}

/// <summary>A behaviour with the attention that an item gave it.</summary>
/// <param name="ItemId">The item of the behaviour.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Weight">The attention weight.</param>
public sealed record AttendedBehaviour(string ItemId, DateTimeOffset Timestamp, float Weight);
