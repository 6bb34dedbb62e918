using DinOrleans.Contracts.Keys;
using DinOrleans.Storage.Keys;

namespace DinOrleans.Storage.Tests.Keys;

/// <summary>What every store of keys promises.</summary>
public abstract class KeyStoreTests : StoreTests
{
    private static readonly DateTimeOffset Day = new(2026, 5, 1, 12, 0, 0, 1, TimeSpan.Zero);

    private IKeyStore Keys => Store<IKeyStore>();

    [Fact]
    public async Task ReadAsync_BeforeAnything_IsEmpty()
    {
        HashedApiKeys keys = await Keys.ReadAsync(Cancellation);
        Assert.Equal(0, keys.Revision);
        Assert.Empty(keys.Keys);
    }

    [Fact]
    public async Task ReadAsync_AfterARestart_GivesBackEveryMemberNewestFirst()
    {
        HashedApiKey first = Key("a"), second = Key("b") with { Info = Key("b").Info with { CreatedAt = Day.AddTicks(1), ExpiresAt = Day.AddDays(1), RevokedAt = Day.AddHours(1) } };
        await WriteAsync(first);
        await WriteAsync(second);
        await RestartAsync();
        HashedApiKeys read = await Keys.ReadAsync(Cancellation);
        Assert.Equal(2, read.Revision);
        AssertSame(second, read.Keys[0]);
        AssertSame(first, read.Keys[1]);
        Assert.Equal(2, read.Keys.Count);
    }

    [Fact]
    public async Task TryWriteAsync_AKeyAgain_ReplacesItAndForgetsOthers()
    {
        await WriteAsync(Key("a"));
        await WriteAsync(Key("b"));
        HashedApiKey revoked = Key("a") with { Info = Key("a").Info with { RevokedAt = Day } };
        await WriteAsync(revoked, "b", "never there");
        AssertSame(revoked, Assert.Single((await Keys.ReadAsync(Cancellation)).Keys));
    }

    [Fact]
    public async Task TryWriteAsync_DecidedOnAnOlderRevision_StoresNothing()
    {
        await WriteAsync(Key("a"));
        Assert.False(await Keys.TryWriteAsync(new(0, Key("b"), ["a"]), Cancellation));
        HashedApiKeys read = await Keys.ReadAsync(Cancellation);
        Assert.Equal(1, read.Revision);
        Assert.Equal("a", Assert.Single(read.Keys).Info.Id);
    }

    [Fact]
    public async Task UseAsync_SeveralTimes_KeepsTheLatestAndTheRevision()
    {
        await WriteAsync(Key("a"));
        await WriteAsync(Key("b"));
        await UseAsync(("a", Day.AddMinutes(5)), ("unknown", Day));
        await UseAsync(("a", Day.AddMinutes(3)), ("b", Day));
        HashedApiKeys read = await Keys.ReadAsync(Cancellation);
        Assert.Equal(2, read.Revision);
        Assert.Equal([("b", Day), ("a", Day.AddMinutes(5))], read.Keys.Select(k => (k.Info.Id, k.Info.LastUsedAt!.Value)));
    }

    [Fact]
    public async Task TryWriteAsync_AKeyThatWasUsed_KeepsWhenItWasUsed()
    {
        await WriteAsync(Key("a"));
        await UseAsync(("a", Day));
        await WriteAsync(Key("a") with { Info = Key("a").Info with { RevokedAt = Day } });
        Assert.Equal(Day, Assert.Single((await Keys.ReadAsync(Cancellation)).Keys).Info.LastUsedAt);
    }

    private static HashedApiKey Key(string id) => new(
        new ApiKeyInfo { Id = id, Note = "the “shop”'s", Scopes = [ApiScopes.Rank, ApiScopes.UsersRead], CreatedAt = Day },
        Enumerable.Range(0, 32).Select(i => (byte)(i * 7)).ToArray());

    private static void AssertSame(HashedApiKey expected, HashedApiKey read)
    {
        Assert.Equal(expected.Info with { Scopes = read.Info.Scopes }, read.Info);
        Assert.Equal(expected.Info.Scopes, read.Info.Scopes);
        Assert.Equal(expected.Hash.ToArray(), read.Hash.ToArray());
    }

    private async Task WriteAsync(HashedApiKey put, params string[] remove) =>
        Assert.True(await Keys.TryWriteAsync(new((await Keys.ReadAsync(Cancellation)).Revision, put, remove), Cancellation));

    private Task UseAsync(params (string Id, DateTimeOffset At)[] used) => Keys.UseAsync(used.ToDictionary(u => u.Id, u => u.At), Cancellation);
}
