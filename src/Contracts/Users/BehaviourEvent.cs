namespace DinOrleans.Contracts.Users;

/// <summary>
/// One thing that happened between a user and an item: the user did something, for example clicked, or the item was shown, which is an
/// impression. The schema says which types are behaviours that make up the user's history, and which are only accepted for training.
/// </summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.BehaviourEvent")]
public sealed record BehaviourEvent
{
    /// <summary>The id of the event, 1 to 200 characters. An id is applied once per user, so an event may be sent again.</summary>
    [Id(0)]
    public required string EventId { get; init; }

    /// <summary>The user, 1 to 200 characters.</summary>
    [Id(1)]
    public required string UserId { get; init; }

    /// <summary>The item, 1 to 200 characters. The catalogue need not know it.</summary>
    [Id(2)]
    public required string ItemId { get; init; }

    /// <summary>An event type of the schema, for example "click" or "impression".</summary>
    [Id(3)]
    public required string Type { get; init; }

    /// <summary>When it happened, not when the event was sent or arrived.</summary>
    [Id(4)]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The id of the ranking that showed the item; null where there was none.</summary>
    [Id(5)]
    public string? RankingId { get; init; }

    /// <summary>Context feature values by name, for example "device" to "ios".</summary>
    [Id(6)]
    public IReadOnlyDictionary<string, string> Context { get; init; } = EmptyFeatures.Instance;
}
