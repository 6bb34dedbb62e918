using DinOrleans.Contracts.Keys;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>The wire samples of API keys.</summary>
internal static class KeySamples
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 31, 12, 0, 0, 250, TimeSpan.FromHours(9));

    private static readonly ApiKeyInfo Info = new()
    {
        Id = "abcdefghijk1",
        Note = "shop",
        Scopes = ["rank", "events"],
        CreatedAt = Moment,
        ExpiresAt = Moment,
        LastUsedAt = Moment,
        RevokedAt = Moment,
    };

    private static readonly HashedApiKey Hashed = new(Info, (byte[])[1, 2, 255]);

    public static IReadOnlyList<object> All { get; } =
    [
        Info,
        Hashed,
        new HashedApiKeys(7, [Hashed]),
        new NewApiKey { Id = "abcdefghijk1", Note = "shop", Scopes = ["rank"], ExpiresAt = Moment, Hash = (byte[])[1, 2, 255] },
        new ApiKeyUse(7, new Dictionary<string, DateTimeOffset> { ["abcdefghijk1"] = Moment }),
    ];
}
