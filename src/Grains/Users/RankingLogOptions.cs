using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Grains.Users;

/// <summary>Whether and how rankings are logged for training.</summary>
public sealed class RankingLogOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Rankings";

    /// <summary>Whether the items that a ranking returns are logged. Default true.</summary>
    public bool Log { get; set; } = true;

    /// <summary>Bytes of memory that rankings which wait to be logged may keep, 1 MiB to 16 GiB; a ranking beyond is dropped. Default 64 MiB.</summary>
    [Range(1L << 20, 16L << 30)]
    public long QueueBytes { get; set; } = 64L << 20;

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
