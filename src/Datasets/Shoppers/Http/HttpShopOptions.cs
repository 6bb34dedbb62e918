namespace DinOrleans.Datasets.Shoppers.Http;

/// <summary>The timeouts and retries of calls to a server.</summary>
public sealed record HttpShopOptions
{
    /// <summary>How long one answer may take. A request that takes longer is sent again.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a call is sent again after 429, 503, a lost connection or a late answer before it has failed. If no call at all is answered for as
    /// long, the run ends.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait before a call is sent again where the server does not name one in Retry-After.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
