namespace DinOrleans.Client;

/// <summary>What the gateway that answers and its cluster do now.</summary>
public sealed record Overview
{
    /// <summary>When it was measured.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What this gateway process counted. Other gateways count for themselves.</summary>
    public required GatewayTraffic Gateway { get; init; }

    /// <summary>What ranks.</summary>
    public required RankingModel Model { get; init; }

    /// <summary>All silos together.</summary>
    public required ClusterTotals Cluster { get; init; }

    /// <summary>The rate of positives by hour; null before anything was measured.</summary>
    public ClickHours? Clicks { get; init; }
}

/// <summary>What a gateway process counted in the last 300 seconds, one number per second, the oldest first.</summary>
/// <param name="Since">When the process began to count.</param>
/// <param name="Rankings">Rankings that were answered.</param>
/// <param name="Events">Events that were applied.</param>
/// <param name="Failed">Requests that were answered with a status of 500 and above.</param>
/// <param name="Refused">Requests that were answered 429.</param>
/// <param name="P50">The median time of a ranking in milliseconds over the last minute; null without rankings.</param>
/// <param name="P99">The 99th percentile of the time of a ranking in milliseconds over the last minute; null without rankings.</param>
/// <param name="RankingsPerSecond">The mean over the last ten seconds.</param>
/// <param name="EventsPerSecond">The mean over the last ten seconds.</param>
public sealed record GatewayTraffic(
    DateTimeOffset Since,
    IReadOnlyList<int> Rankings,
    IReadOnlyList<int> Events,
    IReadOnlyList<int> Failed,
    IReadOnlyList<int> Refused,
    double? P50,
    double? P99,
    double RankingsPerSecond,
    double EventsPerSecond);

/// <summary>What ranks in the cluster.</summary>
/// <param name="Source">"model", or "popularity" before any version is active.</param>
/// <param name="Active">The active version; null before there is one.</param>
/// <param name="Target">The version that silos load; null where there is none.</param>
/// <param name="Kind">The model of the active version, for example "din".</param>
/// <param name="PublishedAt">When the active version was published.</param>
public sealed record RankingModel(string Source, string? Active, string? Target, string? Kind, DateTimeOffset? PublishedAt);

/// <summary>The sums over the silos of a cluster, by their own reports of the last seconds.</summary>
/// <param name="Silos">The number of silos.</param>
/// <param name="RankingsPerSecond">Rankings that were made per second.</param>
/// <param name="Queue">Score requests that wait.</param>
/// <param name="QueueLimit">The most score requests that may wait.</param>
public sealed record ClusterTotals(int Silos, double RankingsPerSecond, int Queue, int QueueLimit);

/// <summary>What followed what the active version showed.</summary>
/// <param name="Version">The version.</param>
/// <param name="Task">The task whose positives are counted: the first one of the schema.</param>
/// <param name="UserShare">The share of the users outside experiments on whom it is measured, 0 to 1.</param>
/// <param name="Hours">The hours that had rankings, oldest first.</param>
public sealed record ClickHours(string Version, string Task, double UserShare, IReadOnlyList<ClickHour> Hours);

/// <summary>One hour.</summary>
/// <param name="Hour">The beginning of the hour.</param>
/// <param name="Shown">The number of items that were shown.</param>
/// <param name="Positives">The number of them that had a positive event.</param>
/// <param name="Scored">The number of them whose score was a probability. It is 0 where the version's scores are not probabilities.</param>
/// <param name="Expected">The sum of those probabilities: the number of positives that the version expected.</param>
public sealed record ClickHour(DateTimeOffset Hour, long Shown, long Positives, long Scored = 0, double Expected = 0);
