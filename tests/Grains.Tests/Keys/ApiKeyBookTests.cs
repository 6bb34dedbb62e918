using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;
using DinOrleans.Grains.Keys;

namespace DinOrleans.Grains.Tests.Keys;

public sealed class ApiKeyBookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Make_AKey_HasWhatWasAskedForAndNoUse()
    {
        ApiKeyInfo made = ApiKeyBook.Make([], New("abcdefghijk1") with { ExpiresAt = Noon.AddDays(1) }, Noon);
        Assert.Equal(("abcdefghijk1", "note", Noon, Noon.AddDays(1), null, null), (made.Id, made.Note, made.CreatedAt, made.ExpiresAt, made.LastUsedAt, made.RevokedAt));
        Assert.Equal([ApiScopes.Rank], made.Scopes);
    }

    [Fact]
    public void Make_WithAnIdThatIsTaken_IsAConflict() =>
        Assert.Equal("id", Assert.Throws<ConflictException>(() => ApiKeyBook.Make([Key("abcdefghijk1")], New("abcdefghijk1"), Noon)).Violation.Field);

    [Fact]
    public void Make_OneMoreThanThereMayBe_IsAConflictUntilOneEnds()
    {
        HashedApiKey[] keys = [.. Enumerable.Range(0, ApiKeyRules.MaxKeys).Select(i => Key($"k{i:00000000000}"))];
        Assert.Equal("keys", Assert.Throws<ConflictException>(() => ApiKeyBook.Make(keys, New("abcdefghijk1"), Noon)).Violation.Field);
        keys[0] = keys[0] with { Info = keys[0].Info with { RevokedAt = Noon } };
        Assert.NotNull(ApiKeyBook.Make(keys, New("abcdefghijk1"), Noon));
    }

    [Theory]
    [InlineData(null, 0, true)]
    [InlineData(-59, 0, false)]
    [InlineData(-60, 0, true)]
    [InlineData(-60, 3600, true)]
    [InlineData(-30, 3600, false)]
    public void Due_OfAUse_IsStoredAtMostOnceAMinuteAndNeverAhead(int? last, int used, bool isDue)
    {
        HashedApiKey key = Key("a") with { Info = Key("a").Info with { LastUsedAt = last is { } seconds ? Noon.AddSeconds(seconds) : null } };
        Dictionary<string, DateTimeOffset> due = ApiKeyBook.Due([key], new Dictionary<string, DateTimeOffset> { ["a"] = Noon.AddSeconds(used), ["unknown"] = Noon }, Noon);
        Assert.Equal(isDue ? [KeyValuePair.Create("a", Noon)] : [], due);
    }

    [Fact]
    public void Forgettable_OfKeysThatEnded_AreThoseThatEndedLongAgo()
    {
        DateTimeOffset longAgo = Noon - ApiKeyRules.KeptAfterItsEnd;
        HashedApiKey[] keys =
        [
            Key("usable"),
            Ended("revoked lately", null, longAgo.AddTicks(1)),
            Ended("revoked", null, longAgo),
            Ended("expired", longAgo, null),
            Ended("expires", Noon.AddDays(1), null),
        ];
        Assert.Equal(["revoked", "expired"], ApiKeyBook.Forgettable(keys, Noon));
    }

    [Fact]
    public void HasAdmin_OfKeys_CountsThoseThatWork()
    {
        HashedApiKey admin = Key("a") with { Info = Key("a").Info with { Scopes = [ApiScopes.Admin], ExpiresAt = Noon.AddDays(1) } };
        Assert.False(ApiKeyBook.HasAdmin([Key("b")], Noon));
        Assert.True(ApiKeyBook.HasAdmin([Key("b"), admin], Noon));
        Assert.False(ApiKeyBook.HasAdmin([admin], Noon.AddDays(1)));
        Assert.False(ApiKeyBook.HasAdmin([admin with { Info = admin.Info with { RevokedAt = Noon } }], Noon));
    }

    private static NewApiKey New(string id) => new() { Id = id, Note = "note", Scopes = [ApiScopes.Rank], Hash = new byte[32] };

    private static HashedApiKey Key(string id) => new(new ApiKeyInfo { Id = id, Note = "note", Scopes = [ApiScopes.Rank], CreatedAt = Noon }, new byte[32]);

    private static HashedApiKey Ended(string id, DateTimeOffset? expires, DateTimeOffset? revoked) => Key(id) with { Info = Key(id).Info with { ExpiresAt = expires, RevokedAt = revoked } };
}
