namespace DinOrleans.Contracts.Keys;

/// <summary>A key of the REST API without its secret, which nothing keeps.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ApiKeyInfo")]
public sealed record ApiKeyInfo
{
    /// <summary>The public part of the key: 12 lower-case letters and digits.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Who or what the key is for.</summary>
    [Id(1)]
    public required string Note { get; init; }

    /// <summary>What the key may do, as in <see cref="ApiScopes"/>.</summary>
    [Id(2)]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When the key was made.</summary>
    [Id(3)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the key stops working; null for never.</summary>
    [Id(4)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the key was last used, up to a minute or two late; null if it never was.</summary>
    [Id(5)]
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When the key was revoked; null while it is not.</summary>
    [Id(6)]
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>True where the key works at a moment.</summary>
    public bool IsUsable(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);
}

/// <summary>A key with the hash of its secret.</summary>
/// <param name="Info">The key.</param>
/// <param name="Hash">SHA-256 of the secret's characters in ASCII, 32 bytes.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.HashedApiKey")]
public sealed record HashedApiKey([property: Id(0)] ApiKeyInfo Info, [property: Id(1)] ReadOnlyMemory<byte> Hash);

/// <summary>The keys that gateways check requests by.</summary>
/// <param name="Revision">Changes whenever a key is made or revoked.</param>
/// <param name="Keys">Every key that is kept, newest first, also those that have expired or were revoked.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.HashedApiKeys")]
public sealed record HashedApiKeys([property: Id(0)] long Revision, [property: Id(1)] IReadOnlyList<HashedApiKey> Keys);
