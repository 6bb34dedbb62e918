using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace DinOrleans.Gateway.Auth;

/// <summary>Whoever sent a request, as the request has proved.</summary>
/// <param name="name">The caller in words for the audit log, without any secret.</param>
/// <param name="scopes">What the caller may do.</param>
internal sealed class Caller(string name, ScopeSet scopes)
{
    private static readonly ScopeSet OfExperiments = ScopeSet.Of([ApiScopes.Experiments]);

    /// <summary>The caller in words for the audit log, without any secret.</summary>
    public string Name => name;

    /// <summary>What the caller may do.</summary>
    public ScopeSet Scopes => scopes;

    /// <summary>The only user whose data the caller may send and read; null where the scopes alone decide.</summary>
    public string? UserId { get; init; }

    /// <summary>True where the caller has proved nothing, because nothing is asked for.</summary>
    public bool IsAnyone { get; init; }

    /// <summary>How often the caller may call; null for as often as it likes.</summary>
    public TokenBucket? Bucket { get; init; }

    /// <summary>True where the caller may see and run experiments.</summary>
    public bool MayExperiment => scopes.Has(OfExperiments);

    /// <exception cref="ForbiddenException">The caller may not send or read the data of the user.</exception>
    public void CheckUser(string? userId)
    {
        if (UserId is not null && !string.Equals(UserId, userId, StringComparison.Ordinal))
        {
            throw new ForbiddenException("The token may send and read the data of its own user only.");
        }
    }
}

/// <summary>Finds the caller of a request.</summary>
internal static class CallerExtensions
{
    /// <summary>The caller of a request to an endpoint that is not public.</summary>
    public static Caller Caller(this HttpContext http) => http.Features.GetRequiredFeature<Caller>();
}
