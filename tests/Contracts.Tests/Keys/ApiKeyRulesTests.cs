using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Contracts.Tests.Keys;

/// <summary>Each row breaks one rule.</summary>
public sealed class ApiKeyRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, NewApiKey, string> Broken { get; } = new()
    {
        { "a short id", Valid with { Id = "abc" }, "id" },
        { "an id in capitals", Valid with { Id = "ABCDEFGHIJKL" }, "id" },
        { "an id of other letters", Valid with { Id = "äbcdefghijkl" }, "id" },
        { "no id", Valid with { Id = null! }, "id" },
        { "a short hash", Valid with { Hash = new byte[31] }, "hash" },
        { "no note", Valid with { Note = null! }, "note" },
        { "a blank note", Valid with { Note = " " }, "note" },
        { "a long note", Valid with { Note = new string('a', 201) }, "note" },
        { "a note of two lines", Valid with { Note = "a\nb" }, "note" },
        { "half a character", Valid with { Note = "\ud83d" }, "note" },
        { "no scopes", Valid with { Scopes = null! }, "scopes" },
        { "not one scope", Valid with { Scopes = [] }, "scopes" },
        { "a scope that does not exist", Valid with { Scopes = ["rank", "Rank"] }, "scopes[1]" },
        { "a scope twice", Valid with { Scopes = ["rank", "rank"] }, "scopes[1]" },
        { "an expiry now", Valid with { ExpiresAt = Noon }, "expiresAt" },
    };

    private static NewApiKey Valid => new() { Id = "abcdefghijk1", Note = "shop’s", Scopes = ApiScopes.All, ExpiresAt = Noon.AddTicks(1), Hash = new byte[32] };

    [Fact]
    public void Check_OfAValidKey_FindsNothing() => Assert.Empty(ApiKeyRules.Check(Valid, Noon).Listed);

    [Theory]
    [MemberData(nameof(Broken))]
    public void Check_OfAKeyThatBreaksARule_NamesTheField(string _, NewApiKey key, string field)
    {
        Violations violations = ApiKeyRules.Check(key, Noon);
        Assert.Equal(field, Assert.Single(violations.Listed).Field);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(1, null, true)]
    [InlineData(0, null, false)]
    [InlineData(null, 0, false)]
    public void IsUsable_OfAKey_EndsWithItsExpiryOrRevocation(int? expires, int? revoked, bool isUsable)
    {
        var key = new ApiKeyInfo { Id = "a", Note = "n", Scopes = [], CreatedAt = Noon, ExpiresAt = At(expires), RevokedAt = At(revoked) };
        Assert.Equal(isUsable, key.IsUsable(Noon));
        static DateTimeOffset? At(int? ticks) => ticks is { } t ? Noon.AddTicks(t) : null;
    }
}
