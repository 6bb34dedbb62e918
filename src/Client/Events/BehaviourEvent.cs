namespace DinOrleans.Client;

/// <summary>Something that a user did with an item.</summary>
public sealed record BehaviourEvent
{
    /// <summary>The id of the event, 1 to 200 characters. It is applied once per user, so that it may be sent as often as needed.</summary>
    public string EventId { get; init; } = Guid.CreateVersion7().ToString("N");

    /// <summary>The user, 1 to 200 characters.</summary>
    public required string UserId { get; init; }

    /// <summary>The item, 1 to 200 characters. The catalogue need not have it.</summary>
    public required string ItemId { get; init; }

    /// <summary>An event type of the schema, for example "click".</summary>
    public required string Type { get; init; }

    /// <summary>When the event happened, from the year 2000 to 5 minutes ahead.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The ranking that showed the item; null where none did.</summary>
    public string? RankingId { get; init; }

    /// <summary>The values of context features by name; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Context { get; init; }
}

/// <summary>What was done with events.</summary>
/// <param name="Accepted">The number of events that were applied.</param>
/// <param name="Duplicates">The number of events that had been applied before. They changed nothing.</param>
/// <param name="Erased">The number of events that were dropped because their user was erased since.</param>
public sealed record AppendedEvents(int Accepted, int Duplicates, int Erased);

/// <summary>The body of <c>POST /v1/events</c>.</summary>
internal sealed record EventsBody(IReadOnlyList<BehaviourEvent> Events);
