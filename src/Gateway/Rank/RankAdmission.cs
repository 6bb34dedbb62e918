using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Rank;

/// <summary>
/// Refuses rankings above <see cref="GatewayOptions.MaxConcurrentRankings"/> before their bodies are read: under overload, what a refusal
/// costs is taken from the rankings that could be answered.
/// </summary>
internal static class RankAdmission
{
    /// <summary>Name of the policy that the endpoint asks for.</summary>
    public const string Policy = "rankings";

    public static void AddRankAdmission(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<GatewayOptions>>((limiter, gateway) =>
            limiter.AddConcurrencyLimiter(Policy, rankings => rankings.PermitLimit = gateway.Value.MaxConcurrentRankings));
    }
}
