namespace DinOrleans.Datasets.Shoppers.Reporting;

/// <summary>What a run of shoppers has seen.</summary>
public sealed record ShopperSummary
{
    /// <summary>The duration of the run, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Visits that began.</summary>
    public required long Visits { get; init; }

    /// <summary>Visits under way that were cut short when the run was stopped.</summary>
    public required long CutShort { get; init; }

    /// <summary>All rankings.</summary>
    public required RankingSummary Total { get; init; }

    /// <summary>The rankings by the variant that the answers name; rankings whose answer does not name a variant are under "none".</summary>
    public required IReadOnlyDictionary<string, RankingSummary> Variants { get; init; }

    /// <summary>The rankings by model version; those without a version are under "none".</summary>
    public required IReadOnlyDictionary<string, RankingSummary> Versions { get; init; }

    /// <summary>The rankings by source.</summary>
    public required IReadOnlyDictionary<string, RankingSummary> Sources { get; init; }

    /// <summary>The positions, first one first.</summary>
    public required IReadOnlyList<PositionSummary> Positions { get; init; }

    /// <summary>The times that rankings took.</summary>
    public required LatencySummary Rank { get; init; }

    /// <summary>The times that appends of events took.</summary>
    public required LatencySummary Append { get; init; }

    /// <summary>Calls that failed, by kind.</summary>
    public required IReadOnlyList<CallErrors> Errors { get; init; }

    /// <summary>Calls that were sent again, by what was answered before, such as "429".</summary>
    public required IReadOnlyDictionary<string, long> Retries { get; init; }

    /// <summary>Shown items that the shop's catalogue does not have. Any means that it is not the shop of these shoppers.</summary>
    public required long UnknownItems { get; init; }

    /// <summary>Shoppers of whose past the shop knows nothing. Any means that it is not the shop of these shoppers, or that they were erased.</summary>
    public required long UnknownShoppers { get; init; }
}

/// <summary>What came of a position of the rankings.</summary>
/// <param name="Position">The position, 1 is the first.</param>
/// <param name="Shown">The number of times that an item was shown at the position.</param>
/// <param name="Looked">The number of times that a shopper looked at it.</param>
/// <param name="Clicks">The number of times that it was clicked.</param>
/// <param name="Ctr">Clicks per look; null where nobody looked.</param>
public sealed record PositionSummary(int Position, long Shown, long Looked, long Clicks, double? Ctr);

/// <summary>How long calls that succeeded took from sending to the answer, including waits before they were sent again.</summary>
/// <param name="Calls">The number of calls.</param>
/// <param name="P50">The median in milliseconds, to within 2 %; null where there were none.</param>
/// <param name="P99">The 99th percentile in milliseconds, to within 2 %; null where there were none.</param>
public sealed record LatencySummary(long Calls, double? P50, double? P99);

/// <summary>Calls that failed in one way.</summary>
/// <param name="Call">The call, for example "Rank".</param>
/// <param name="Kind">The kind of failure, such as "400" or "timeout".</param>
/// <param name="Count">The number of such failures.</param>
/// <param name="First">The message of the first one.</param>
public sealed record CallErrors(ShopCall Call, string Kind, long Count, string First);

/// <summary>What was seen since the interval before.</summary>
/// <param name="Seconds">Seconds since the run began.</param>
/// <param name="Rankings">The interval's rankings.</param>
/// <param name="Rank">The times that rankings took.</param>
/// <param name="Errors">Calls that failed.</param>
/// <param name="RankedBy">The model versions that ranked, and the sources of rankings without a version.</param>
public sealed record IntervalSummary(double Seconds, RankingSummary Rankings, LatencySummary Rank, long Errors, IReadOnlyList<string> RankedBy);
