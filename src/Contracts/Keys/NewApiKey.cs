namespace DinOrleans.Contracts.Keys;

/// <summary>A key to make. Whoever makes it draws id and secret, so that the secret is sent to nobody but its owner.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.NewApiKey")]
public sealed record NewApiKey
{
    /// <summary>The public part of the key: 12 lower-case letters and digits.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Who or what the key is for, 1 to 200 characters.</summary>
    [Id(1)]
    public required string Note { get; init; }

    /// <summary>What the key may do: at least one of <see cref="ApiScopes.All"/>.</summary>
    [Id(2)]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When the key stops working, which must lie ahead; null for never.</summary>
    [Id(3)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>SHA-256 of the secret's characters in ASCII, 32 bytes.</summary>
    [Id(4)]
    public required ReadOnlyMemory<byte> Hash { get; init; }
}
