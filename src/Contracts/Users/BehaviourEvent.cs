namespace DinOrleans.Contracts.Users;

/// <summary>One user action on an item, for example a click.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.BehaviourEvent")]
public sealed record BehaviourEvent
{
    /// <summary>Idempotency key within the user, 1 to 200 characters.</summary>
    [Id(0)]
    public required string EventId { get; init; }

    /// <summary>1 to 200 characters.</summary>
    [Id(1)]
    public required string UserId { get; init; }

    /// <summary>1 to 200 characters; may be unknown to the catalogue.</summary>
    [Id(2)]
    public required string ItemId { get; init; }

    /// <summary>An event type of the schema, for example "click".</summary>
    [Id(3)]
    public required string Type { get; init; }

    /// <summary>When the action happened, not when it arrived.</summary>
    [Id(4)]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The ranking that showed the item, where there was one.</summary>
    [Id(5)]
    public string? RankingId { get; init; }

    /// <summary>Context feature values by name, for example "device" to "ios".</summary>
    [Id(6)]
    public IReadOnlyDictionary<string, string> Context { get; init; } = EmptyFeatures.Instance;
}
