namespace DinOrleans.Client;

/// <summary>A key to make.</summary>
public sealed record KeyRequest
{
    /// <summary>Who or what the key is for, 1 to 200 characters.</summary>
    public required string Note { get; init; }

    /// <summary>What the key may do, at least one scope.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When the key stops working; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A key without its secret.</summary>
/// <param name="Id">The public part of the key, by which it is revoked.</param>
/// <param name="Note">Who or what the key is for.</param>
/// <param name="Scopes">What the key may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it stops working; null for never.</param>
/// <param name="LastUsedAt">When it was last used, up to two minutes late; null for never.</param>
/// <param name="RevokedAt">When it was revoked; null while it is not.</param>
public sealed record ApiKey(
    string Id, string Note, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

/// <summary>A key that was made.</summary>
/// <param name="Key">The key itself. The server keeps only its hash, and shows it only in this answer.</param>
/// <param name="Info">What the server keeps of it.</param>
public sealed record NewKey(string Key, ApiKey Info);

/// <summary>The answer to <c>GET /v1/keys</c>.</summary>
internal sealed record KeyList(IReadOnlyList<ApiKey> Keys);
