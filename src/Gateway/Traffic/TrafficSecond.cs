namespace DinOrleans.Gateway.Traffic;

/// <summary>What was counted in one second.</summary>
internal sealed class TrafficSecond
{
    /// <summary>A second in which nothing happened.</summary>
    public static readonly TrafficSecond Quiet = new();

    /// <summary>The second, counted from a moment of the process; -1 before the first.</summary>
    public long Number { get; private set; } = -1;

    public int Rankings { get; set; }

    public int Events { get; set; }

    public int Failed { get; set; }

    public int Refused { get; set; }

    /// <summary>The times that its rankings took.</summary>
    public LatencyBuckets Latencies { get; } = new();

    /// <summary>Makes it another second.</summary>
    public void Begin(long number)
    {
        Number = number;
        Rankings = Events = Failed = Refused = 0;
        Latencies.Clear();
    }
}
