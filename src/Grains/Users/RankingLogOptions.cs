using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Grains.Users;

/// <summary>Whether and how rankings are logged for training.</summary>
public sealed class RankingLogOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Rankings";

    /// <summary>Whether the items that a ranking returns are logged. Default true.</summary>
    public bool Log { get; set; } = true;

    /// <summary>Rankings that may wait to be logged, 1 to 1,000,000; one more is dropped. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 10_000;

    /// <summary>Rankings that one write takes on at most, 1 to 10,000. Default 256.</summary>
    [Range(1, 10_000)]
    public int WriteLimit { get; set; } = 256;

    /// <summary>
    /// How long rankings are gathered for one write, 0 to 10 s: what a process that is killed may lose of the log. A write costs much more than
    /// a ranking in it. Default 100 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan WriteEvery { get; set; } = TimeSpan.FromMilliseconds(100);
}
