namespace DinOrleans.Contracts;

/// <summary>How long callers of the grains wait for an answer before the call fails with a <see cref="TimeoutException"/>.</summary>
public static class CallDeadlines
{
    /// <summary>Calls without a longer one of their own, as a <see cref="ResponseTimeoutAttribute"/> says it.</summary>
    public const string Usual = "00:00:10";

    /// <summary>
    /// A ranking, which says itself how long it is of use (<see cref="Users.RankQuery.TimeLeft"/>): the most that one may say, and time for the
    /// answer. Hosts set it as the response timeout of their Orleans client, since it has no constant one.
    /// </summary>
    public static TimeSpan LongestRanking { get; } = InputLimits.RankingTimeLeft + TimeSpan.FromSeconds(5);
}
