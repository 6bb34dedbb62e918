using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Grains.Models;

/// <summary>How model versions are kept and moved to.</summary>
public sealed class ModelOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Models";

    /// <summary>
    /// How many of the newest versions are kept, 1 to 10,000. Default 10. The active version, the one before it and the target are kept
    /// besides; the folders of all others are removed.
    /// </summary>
    [Range(1, 10_000)]
    public int Keep { get; set; } = 10;

    /// <summary>
    /// How long a silo may fail to read a target before the cluster gives it up, and a joining silo to read the active version before it
    /// joins without; 1 s to 1 day. Default 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(5);
}
