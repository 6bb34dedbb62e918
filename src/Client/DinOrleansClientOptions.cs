using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Client;

/// <summary>Where the server is, and how calls to it wait and retry.</summary>
public sealed class DinOrleansClientOptions
{
    /// <summary>The address of the gateway, for example <c>http://localhost:5000</c>. A path in it is kept.</summary>
    [Required]
    public Uri? Address { get; set; }

    /// <summary>The API key or token that is sent with each request; null where the server asks for none.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// How long one request may take before it is given up and, where that is safe, sent again. Bodies of any length, which are model versions and items
    /// as lines, may take any time. 1 ms to 10 minutes, 10 s by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a call is sent again after 429, 503, a lost connection or a late answer before it fails. Zero never sends again. 0 to 30 days, 30 s by
    /// default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before a request is sent again where the server does not name one in Retry-After. 1 ms to 1 minute, 250 ms by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Is told why a request is about to be sent again, on the thread of the call; null for nobody.</summary>
    public Action<DinOrleansException>? OnRetry { get; set; }
}
