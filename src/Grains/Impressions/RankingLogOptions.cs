using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Grains.Impressions;

/// <summary>Whether and how rankings are logged for training.</summary>
public sealed class RankingLogOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Rankings";

    /// <summary>True to log what rankings return, for training to learn from. No ranking waits for this log. Default true.</summary>
    public bool Log { get; set; } = true;

    /// <summary>How many bytes of memory the rankings that wait to be logged may take, 1 MiB to 16 GiB. What has no room is not logged. Default 64 MiB.</summary>
    [Range(1L << 20, 16L << 30)]
    public long QueueBytes { get; set; } = 64L << 20;

    /// <summary>How many rankings one write takes at most, 1 to 10,000. Default 2,048.</summary>
    [Range(1, 10_000)]
    public int WriteLimit { get; set; } = 2_048;

    /// <summary>
    /// How long rankings are gathered for one write, 0 to 10 s. A process that is killed loses what it had gathered. A write costs much more
    /// than one ranking in it, so a longer time costs less. But a long write takes the processor from the rankings of that moment, so their p99 grows with
    /// this time. Default 40 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan WriteEvery { get; set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>
    /// The share of rankings, 0 to 1, that are logged with all candidates and their scores, also those that were not returned. Default 0.01.
    /// </summary>
    [Range(0.0, 1.0)]
    public double UnshownShare { get; set; } = 0.01;
}
