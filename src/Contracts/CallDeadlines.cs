namespace DinOrleans.Contracts;

/// <summary>How long callers of the grains wait for an answer before the call fails with a <see cref="TimeoutException"/>.</summary>
public static class CallDeadlines
{
    /// <summary>The limit of every call that states no other, in the form that <see cref="ResponseTimeoutAttribute"/> takes.</summary>
    public const string Usual = "00:00:10";

    /// <summary>
    /// The limit of a ranking: the longest <see cref="Users.RankQuery.TimeLeft"/> that a query may state, and 5 seconds for the answer. Hosts set it
    /// as the response timeout of their Orleans client, because the limit of a ranking is not constant.
    /// </summary>
    public static TimeSpan LongestRanking { get; } = InputLimits.RankingTimeLeft + TimeSpan.FromSeconds(5);
}
