using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Storage.Retention;

/// <summary>How long events and logged rankings are kept.</summary>
public sealed class RetentionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Retention";

    /// <summary>Events whose own time is longer ago than this are removed, 1 day to 100 years. Null, the default, keeps them.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? MaxEventAge { get; set; }

    /// <summary>
    /// How many events each user may have, 1 to 10,000,000. The oldest ones beyond that number are removed. Null, the default, keeps all.
    /// The behaviours that rankings attend to are among these events, so the number should be well above the schema's sequence length.
    /// </summary>
    [Range(1, 10_000_000)]
    public int? MaxEventsAUser { get; set; }

    /// <summary>Logged rankings that are older than this are removed, 1 day to 100 years. Null keeps them. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? MaxRankingAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The pause between two passes that remove what is too old, 1 second to 30 days. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Period { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many rows one transaction removes at most, 1 to 100,000. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int RowsAStep { get; set; } = 1_000;
}
