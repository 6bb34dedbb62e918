namespace DinOrleans.Client;

/// <summary>One page of everything that is held about a user. All behaviours come first, then all rankings.</summary>
public sealed record UserPage
{
    /// <summary>The user.</summary>
    public required string UserId { get; init; }

    /// <summary>The values of the profile's features by name. They are on every page.</summary>
    public required IReadOnlyDictionary<string, string> Features { get; init; }

    /// <summary>The behaviours, oldest first.</summary>
    public required IReadOnlyList<BehaviourEvent> Behaviours { get; init; }

    /// <summary>The logged rankings, oldest first.</summary>
    public required IReadOnlyList<LoggedRanking> Rankings { get; init; }

    /// <summary>Names the next page; null on the last one.</summary>
    public string? Next { get; init; }
}

/// <summary>A user with the latest behaviours and rankings.</summary>
public sealed record RecentUser
{
    /// <summary>The user.</summary>
    public required string UserId { get; init; }

    /// <summary>The values of the profile's features by name.</summary>
    public required IReadOnlyDictionary<string, string> Features { get; init; }

    /// <summary>The latest behaviours, newest first. Those that followed a ranking name it.</summary>
    public required IReadOnlyList<BehaviourEvent> Behaviours { get; init; }

    /// <summary>The latest logged rankings, newest first.</summary>
    public required IReadOnlyList<LoggedRanking> Rankings { get; init; }
}

/// <summary>A ranking as it was logged for training.</summary>
public sealed record LoggedRanking
{
    /// <summary>The ranking.</summary>
    public required string RankingId { get; init; }

    /// <summary>The user.</summary>
    public required string UserId { get; init; }

    /// <summary>The version that scored; null where popularity ranked.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The values of the context features by name.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>();

    /// <summary>The items that were returned, best first.</summary>
    public required IReadOnlyList<LoggedItem> Items { get; init; }

    /// <summary>The experiment that the user was in; null for none.</summary>
    public string? Experiment { get; init; }

    /// <summary>The arm that answered; null for rankings that no experiment measures.</summary>
    public string? Arm { get; init; }

    /// <summary>The temperature at which the order was drawn; null where the items are ordered by score.</summary>
    public double? Temperature { get; init; }

    /// <summary>
    /// The probability of each item at its position, given the items before it. It is empty where the items are ordered by score, which makes every one
    /// of them 1.
    /// </summary>
    public IReadOnlyList<float> Propensities { get; init; } = [];

    /// <summary>The number of candidates that were ranked; null where it was not logged.</summary>
    public int? CandidateCount { get; init; }

    /// <summary>The candidates that were ranked and not returned, best first; null where they were not logged.</summary>
    public IReadOnlyList<LoggedItem>? Unshown { get; init; }
}

/// <summary>An item of a logged ranking.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Score">The ranking score.</param>
public sealed record LoggedItem(string ItemId, float Score);

/// <summary>The body of <c>PUT /v1/users/{userId}</c>.</summary>
internal sealed record ProfileBody(IReadOnlyDictionary<string, string> Features);
