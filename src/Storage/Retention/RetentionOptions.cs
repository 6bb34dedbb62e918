using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Storage.Retention;

/// <summary>How long the logs are kept.</summary>
public sealed class RetentionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Retention";

    /// <summary>Events older than this by their own time are removed, 1 day to 100 years; null, the default, keeps them.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? MaxEventAge { get; set; }

    /// <summary>
    /// Events a user may have, 1 to 10,000,000; the oldest beyond are removed; null, the default, keeps them. Behaviours that rankings
    /// attend to are among them: it should be well above the schema's sequence length.
    /// </summary>
    [Range(1, 10_000_000)]
    public int? MaxEventsAUser { get; set; }

    /// <summary>Logged rankings older than this are removed, 1 day to 100 years; null keeps them. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? MaxRankingAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Between the end of one pass over the logs and the start of the next, 1 second to 30 days. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Rows that one transaction removes at most, 1 to 100,000. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int RowsAStep { get; set; } = 1_000;
}
