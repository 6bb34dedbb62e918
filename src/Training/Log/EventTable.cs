namespace DinOrleans.Training.Log;

/// <summary>All events, with the impressions, sorted by user, then by time, then by the order in which they came.</summary>
public sealed class EventTable
{
    /// <summary>[users + 1] The index of the first event of each user.</summary>
    public required int[] UserStart { get; init; }

    /// <summary>[events] The index of each event's item.</summary>
    public required int[] Item { get; init; }

    /// <summary>[events] The index of each event's type in <c>schema.EventTypes</c>.</summary>
    public required byte[] Type { get; init; }

    /// <summary>[events] The time of each event in Unix milliseconds.</summary>
    public required long[] Timestamp { get; init; }

    /// <summary>[events] The number of the ranking that the event names, or −1 where it names none.</summary>
    public required int[] Ranking { get; init; }

    /// <summary>The number of events.</summary>
    public int Count => Item.Length;
}
