namespace DinOrleans.Training.Samples;

/// <summary>Events, impressions among them, sorted by user, then time, then the order they came in.</summary>
public sealed class EventTable
{
    /// <summary>[users + 1] where the events of each user start.</summary>
    public required int[] UserStart { get; init; }

    /// <summary>Item index of each event.</summary>
    public required int[] Item { get; init; }

    /// <summary>Index of each event's type in <c>schema.EventTypes</c>.</summary>
    public required byte[] Type { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long[] Timestamp { get; init; }

    /// <summary>Number of the ranking that showed the item; −1 where the event names none.</summary>
    public required int[] Ranking { get; init; }

    /// <summary>Events.</summary>
    public int Count => Item.Length;
}
