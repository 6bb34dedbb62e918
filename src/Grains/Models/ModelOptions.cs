using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Grains.Models;

/// <summary>How many model versions are kept, and how long silos try to load a new one.</summary>
public sealed class ModelOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Models";

    /// <summary>
    /// How many of the newest versions are kept, 1 to 10,000. The active version, the one before it, the target, and the versions that a kept
    /// experiment names are kept in addition. The folders of all others are removed. Default 10.
    /// </summary>
    [Range(1, 10_000)]
    public int Keep { get; set; } = 10;

    /// <summary>
    /// How long a silo may fail to read a new version before the cluster gives that version up, and how long a joining silo may fail to read
    /// the active version before it joins without it, 1 s to 1 day. Default 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The most bytes of a version that is uploaded, 1 MiB to 1 TiB. Default 16 GiB.</summary>
    [Range(1L << 20, 1L << 40)]
    public long MaxUploadBytes { get; set; } = 16L << 30;
}
