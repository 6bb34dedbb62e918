using System.ComponentModel.DataAnnotations;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Events;

/// <summary>Events to append, of any users.</summary>
internal sealed class EventsRequest
{
    /// <summary>The events, 1 to 1,000.</summary>
    [Required, MinLength(1), MaxLength(InputLimits.Events)]
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

/// <summary>One event.</summary>
internal sealed class EventRequest
{
    /// <summary>The id of the event, 1 to 200 characters. It is applied once per user.</summary>
    [Required, StringLength(InputLimits.IdLength, MinimumLength = 1)]
    public string? EventId { get; set; }

    /// <summary>The user, 1 to 200 characters.</summary>
    [Required, StringLength(InputLimits.IdLength, MinimumLength = 1)]
    public string? UserId { get; set; }

    /// <summary>The item, 1 to 200 characters. The catalogue need not have it.</summary>
    [Required, StringLength(InputLimits.IdLength, MinimumLength = 1)]
    public string? ItemId { get; set; }

    /// <summary>An event type of the schema, for example "click".</summary>
    [Required]
    public string? Type { get; set; }

    /// <summary>When the event happened, as in RFC 3339 with an offset, from the year 2000 to 5 minutes ahead.</summary>
    [Required]
    public DateTimeOffset? Timestamp { get; set; }

    /// <summary>The ranking that showed the item, if one did.</summary>
    [StringLength(InputLimits.IdLength, MinimumLength = 1)]
    public string? RankingId { get; set; }

    /// <summary>The values of context features by name.</summary>
    public Dictionary<string, FeatureValue>? Context { get; set; }

    // A missing member becomes a value that breaks its rule, so that one answer names every fault.
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

/// <summary>What was done with the events.</summary>
/// <param name="Accepted">The number of events that were applied.</param>
/// <param name="Duplicates">The number of events that had been applied before. They changed nothing.</param>
/// <param name="Erased">The number of events that were dropped because their user was erased after they happened, or up to five minutes before.</param>
internal sealed record EventsResponse(int Accepted, int Duplicates, int Erased);
