using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Gateway;

/// <summary>The limits of the REST interface.</summary>
public sealed class GatewayOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>Bytes of a request's body, 1,024 to 100,000,000; a larger one is answered 413. Default 4,000,000.</summary>
    [Range(1_024, 100_000_000)]
    public long MaxBodyBytes { get; set; } = 4_000_000;

    /// <summary>How long a refused or unavailable caller is told to wait, 1 s to 1 minute. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);
}
