using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Grains.Trainings;

/// <summary>When a training is taken from a silent training service, how often a failed one is tried again, and how many are remembered.</summary>
public sealed class TrainingQueueOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "TrainingQueue";

    /// <summary>
    /// How long a training service may be silent before its training is given to another one, 5 s to 1 hour. A service reports every second while
    /// it trains. Default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many times a training is tried again after it failed, 0 to 100, before it is given up. Default 5.</summary>
    [Range(0, 100)]
    public int Retries { get; set; } = 5;

    /// <summary>
    /// How long a training waits after its first failure before it is tried again, 1 s to 1 day. The wait doubles with each further failure, up to
    /// one hour, or to this time where it is longer. Default 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many trainings are remembered, 10 to 10,000. Default 1,000.</summary>
    [Range(10, 10_000)]
    public int Keep { get; set; } = 1_000;
}
