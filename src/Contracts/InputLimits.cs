namespace DinOrleans.Contracts;

/// <summary>The limits of every input.</summary>
public static class InputLimits
{
    /// <summary>Characters of a user, item, event or ranking id.</summary>
    public const int IdLength = 200;

    /// <summary>Characters of a feature's value.</summary>
    public const int FeatureLength = 200;

    /// <summary>Candidates of a ranking.</summary>
    public const int Candidates = 1_000;

    /// <summary>Events of a request.</summary>
    public const int Events = 1_000;

    /// <summary>Items of a request.</summary>
    public const int Items = 1_000;

    /// <summary>The longest that a ranking may say it is of use.</summary>
    public static TimeSpan RankingTimeLeft { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Broken rules that one answer lists; the others are only counted.</summary>
    public const int Violations = 100;

    /// <summary>Behaviours and rankings on one page of what is held about a user.</summary>
    public const int PageRows = 1_000;

    /// <summary>How far a timestamp may lie ahead of the server's clock, for clocks that differ.</summary>
    public static TimeSpan FutureTolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Timestamps before it are taken for a mistake of units or of parsing.</summary>
    public static DateTimeOffset Earliest { get; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
