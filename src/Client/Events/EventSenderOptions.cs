using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Client;

/// <summary>How an <see cref="EventSender"/> gathers events, and how many it holds.</summary>
public sealed class EventSenderOptions
{
    /// <summary>The number of events that wait in memory at most, 1 to 10,000,000. Default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int QueueLimit { get; set; } = 100_000;

    /// <summary>The number of events of one request at most, 1 to 1,000. Default 500.</summary>
    [Range(1, 1_000)]
    public int BatchLimit { get; set; } = 500;

    /// <summary>How long events are gathered for one request, 0 to 1 minute. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan GatherFor { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long to wait before events are sent again that the server could not take, 1 ms to 10 minutes. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long <see cref="EventSender.DisposeAsync"/> goes on sending what waits, 0 to 1 hour. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(10);
}
