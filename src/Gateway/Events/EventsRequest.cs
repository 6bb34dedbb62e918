using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Events;

/// <summary>Behaviours to append, of any users.</summary>
internal sealed class EventsRequest
{
    /// <summary>1 to 1,000 events.</summary>
    public List<EventRequest?>? Events { get; set; }

    public BehaviourEvent[] ToBehaviours()
    {
        var behaviours = new BehaviourEvent[Events?.Count ?? 0];
        for (int i = 0; i < behaviours.Length; i++)
        {
            behaviours[i] = (Events![i] ?? new EventRequest()).ToBehaviour();
        }

        return behaviours;
    }
}

/// <summary>One behaviour.</summary>
internal sealed class EventRequest
{
    /// <summary>Idempotency key within the user, 1 to 200 characters.</summary>
    public string? EventId { get; set; }

    /// <summary>1 to 200 characters.</summary>
    public string? UserId { get; set; }

    /// <summary>1 to 200 characters; may be unknown to the catalogue.</summary>
    public string? ItemId { get; set; }

    /// <summary>An event type of the schema, for example "click".</summary>
    public string? Type { get; set; }

    /// <summary>When it happened: RFC 3339 with an offset, from 2000 to at most 5 minutes ahead.</summary>
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>The ranking that showed the item, where there was one.</summary>
    public string? RankingId { get; set; }

    /// <summary>Context feature values by name.</summary>
    public Dictionary<string, FeatureValue>? Context { get; set; }

    // What is missing becomes a value that breaks its rule, so that one list names every fault.
    public BehaviourEvent ToBehaviour() => new()
    {
        EventId = EventId!,
        UserId = UserId!,
        ItemId = ItemId!,
        Type = Type!,
        Timestamp = Timestamp ?? default,
        RankingId = RankingId,
        Context = Context.ToFeatures(),
    };
}

/// <summary>What became of the events.</summary>
/// <param name="Accepted">Applied now.</param>
/// <param name="Duplicates">Applied before; they changed nothing.</param>
/// <param name="Erased">Dropped: their user was erased, and they happened before that or within five minutes after it.</param>
internal sealed record EventsResponse(int Accepted, int Duplicates, int Erased);
