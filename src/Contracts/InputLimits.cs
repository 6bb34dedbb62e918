namespace DinOrleans.Contracts;

/// <summary>The limits of every input.</summary>
public static class InputLimits
{
    /// <summary>The most characters of a user, item, event or ranking id.</summary>
    public const int IdLength = 200;

    /// <summary>The most characters of a feature's value.</summary>
    public const int FeatureLength = 200;

    /// <summary>The most candidates of a ranking.</summary>
    public const int Candidates = 1_000;

    /// <summary>The most events of a request.</summary>
    public const int Events = 1_000;

    /// <summary>The most items of a request.</summary>
    public const int Items = 1_000;

    /// <summary>The longest time that a query may state in <see cref="Users.RankQuery.TimeLeft"/>.</summary>
    public static TimeSpan RankingTimeLeft { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The most broken rules that one answer lists. Further ones are only counted.</summary>
    public const int Violations = 100;

    /// <summary>The most behaviours and rankings, together, on one page of what is held about a user.</summary>
    public const int PageRows = 1_000;

    /// <summary>The most users or items on one page of a search.</summary>
    public const int SearchRows = 100;

    /// <summary>The most days of an item whose events are counted.</summary>
    public const int ItemDays = 366;

    /// <summary>How far a timestamp may lie ahead of the server's clock, because clocks differ.</summary>
    public static TimeSpan FutureTolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The latest time from or until which an item may be available.</summary>
    public static DateTimeOffset LatestAvailability { get; } = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The earliest timestamp that is accepted. One before it is most likely in the wrong unit.</summary>
    public static DateTimeOffset Earliest { get; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
