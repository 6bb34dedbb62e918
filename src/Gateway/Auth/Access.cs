using DinOrleans.Contracts.Keys;

namespace DinOrleans.Gateway.Auth;

/// <summary>Marks an endpoint with what its callers must be allowed to do.</summary>
internal sealed class Access
{
    /// <summary>Everybody may call it.</summary>
    public static readonly Access Public = new();

    /// <summary>Any key may call it, whatever its scopes, and any token of a server.</summary>
    public static readonly Access AnyKey = new();

    /// <summary>An endpoint without a mark is for administrators.</summary>
    public static readonly Access Unmarked = Of(ApiScopes.Admin);

    /// <summary>The scope that callers must have; null where none is needed.</summary>
    public string? Scope { get; init; }

    /// <summary>The scope as a set.</summary>
    public ScopeSet Scopes { get; init; }

    /// <summary>True where a user's own token may call it too. The endpoint then checks that the request is about that user alone.</summary>
    public bool TakesUsers { get; init; }

    /// <summary>True where a browser may send the key or token as a password, because a page there cannot put it into a header.</summary>
    public bool TakesPasswords { get; init; }

    /// <summary>What an endpoint asks that needs a scope.</summary>
    /// <param name="scope">One of <see cref="ApiScopes.All"/>.</param>
    /// <param name="takesUsers">True where a user's own token may call it too.</param>
    /// <param name="takesPasswords">True where a browser may send the key or token as a password.</param>
    public static Access Of(string scope, bool takesUsers = false, bool takesPasswords = false) =>
        new() { Scope = scope, Scopes = ScopeSet.Of([scope]), TakesUsers = takesUsers, TakesPasswords = takesPasswords };
}

/// <summary>Marks endpoints with what their callers must be allowed to do.</summary>
internal static class AccessExtensions
{
    /// <summary>Makes an endpoint need a scope.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="scope">One of <see cref="ApiScopes.All"/>.</param>
    /// <param name="takesUsers">True where a user's own token may call it too.</param>
    /// <param name="takesPasswords">True where a browser may send the key or token as a password.</param>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, string scope, bool takesUsers = false, bool takesPasswords = false)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(Access.Of(scope, takesUsers, takesPasswords));

    /// <summary>Lets everybody call an endpoint.</summary>
    public static TBuilder IsPublic<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Access.Public);

    /// <summary>Makes an endpoint need a key, or a server's token, whatever its scopes.</summary>
    public static TBuilder NeedsAnyKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Access.AnyKey);
}
