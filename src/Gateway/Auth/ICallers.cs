using DinOrleans.Gateway.Problems;

namespace DinOrleans.Gateway.Auth;

/// <summary>Finds out who sent a request, in one of the ways of <see cref="AuthMode"/>.</summary>
internal interface ICallers
{
    /// <summary>Finds the caller, or says why there is none.</summary>
    ValueTask<Identified> IdentifyAsync(HttpContext http);
}

/// <summary>A caller, or why a request has none. One of the two is null.</summary>
internal readonly record struct Identified(Caller? Caller, Denial? Denial)
{
    public static implicit operator Identified(Caller caller) => new(caller, null);

    public static implicit operator Identified(Denial denial) => new(null, denial);
}

/// <summary>Why a request is refused.</summary>
/// <param name="Reason">The reason as a tag of metrics: "missing", "invalid", "scope", <see cref="Rate"/> or "unavailable".</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Detail">The reason in words for the caller.</param>
/// <param name="Challenge">The header WWW-Authenticate; null for none.</param>
internal sealed record Denial(string Reason, int Status, string Detail, string? Challenge = null)
{
    /// <summary>The reason of a caller that has sent more requests than it may.</summary>
    public const string Rate = "rate";

    private const string Realm = "Bearer realm=\"dinorleans\"";

    /// <summary>How long to wait before trying again; zero for the gateway's setting, and null where that does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Nothing was sent that says who calls.</summary>
    public static Denial Missing(string detail) => new("missing", StatusCodes.Status401Unauthorized, detail, Realm);

    /// <summary>What was sent does not say who calls, or no longer does.</summary>
    public static Denial Invalid(string detail) => new("invalid", StatusCodes.Status401Unauthorized, detail, $"{Realm}, error=\"invalid_token\"");

    /// <summary>The caller is known and may not do this.</summary>
    public static Denial Scope(string scope) =>
        new("scope", StatusCodes.Status403Forbidden, $"This needs the scope {scope}, which the caller does not have.", $"{Realm}, error=\"insufficient_scope\", scope=\"{scope}\"");

    /// <summary>It cannot be found out now who calls.</summary>
    public static Denial Unavailable(string detail) => new("unavailable", StatusCodes.Status503ServiceUnavailable, detail) { RetryAfter = TimeSpan.Zero };

    /// <summary>Makes the problem that tells the caller.</summary>
    public Problem ToProblem() => new(Status, Detail) { RetryAfter = RetryAfter };
}
