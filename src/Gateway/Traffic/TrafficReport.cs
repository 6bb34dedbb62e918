namespace DinOrleans.Gateway.Traffic;

/// <summary>What one gateway process has done in the last seconds.</summary>
internal sealed record TrafficReport
{
    /// <summary>[300] the rankings that were answered in each second, the oldest first.</summary>
    public required IReadOnlyList<int> Rankings { get; init; }

    /// <summary>[300] the events that were applied in each second.</summary>
    public required IReadOnlyList<int> Events { get; init; }

    /// <summary>[300] the requests that were answered with a status of 500 and above in each second.</summary>
    public required IReadOnlyList<int> Failed { get; init; }

    /// <summary>[300] the requests that were answered 429 in each second.</summary>
    public required IReadOnlyList<int> Refused { get; init; }

    /// <summary>The median time of a ranking in milliseconds over the last minute; null without rankings.</summary>
    public double? P50 { get; init; }

    /// <summary>The 99th percentile of the time of a ranking in milliseconds over the last minute; null without rankings.</summary>
    public double? P99 { get; init; }

    /// <summary>The mean over the last ten seconds.</summary>
    public double RankingsPerSecond { get; init; }

    /// <summary>The mean over the last ten seconds.</summary>
    public double EventsPerSecond { get; init; }
}
