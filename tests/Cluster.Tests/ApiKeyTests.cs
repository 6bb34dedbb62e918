using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;
using DinOrleans.Storage.Keys;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Cluster.Tests;

/// <summary>The keys of the REST API, as gateways get them from the cluster.</summary>
public sealed class ApiKeyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FollowAsync_AfterEachChange_TellsTheKeysOnce()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        IApiKeysGrain keys = Keys(shop);
        HashedApiKeys before = (await keys.FollowAsync(Nothing(-1), Cancellation))!;
        Assert.Empty(before.Keys);
        Assert.Null(await keys.FollowAsync(Nothing(before.Revision), Cancellation));

        ApiKeyInfo made = await keys.MakeAsync(New("abcdefghijk1", ApiScopes.Rank), Cancellation);
        HashedApiKeys with = (await keys.FollowAsync(Nothing(before.Revision), Cancellation))!;
        HashedApiKey told = Assert.Single(with.Keys);
        Assert.Equal(Hash, told.Hash.ToArray());
        Assert.Equal((made.Id, "note", made.CreatedAt), (told.Info.Id, told.Info.Note, told.Info.CreatedAt));
        Assert.Equal([ApiScopes.Rank], told.Info.Scopes);

        ApiKeyInfo revoked = (await keys.RevokeAsync("abcdefghijk1", Cancellation))!;
        Assert.NotNull(revoked.RevokedAt);
        Assert.Equal(revoked.RevokedAt, Assert.Single((await keys.FollowAsync(Nothing(with.Revision), Cancellation))!.Keys).Info.RevokedAt);
        Assert.Equal(revoked.RevokedAt, (await keys.RevokeAsync("abcdefghijk1", Cancellation))!.RevokedAt);
        Assert.Null(await keys.RevokeAsync("abcdefghijk2", Cancellation));
    }

    [Fact]
    public async Task FollowAsync_AfterAnotherWriterRevokedAKey_TellsIt()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        IApiKeysGrain keys = Keys(shop);
        await keys.MakeAsync(New("abcdefghijk1", ApiScopes.Rank), Cancellation);
        HashedApiKeys told = (await keys.FollowAsync(Nothing(-1), Cancellation))!;
        var store = shop.Stores.GetRequiredService<IKeyStore>();
        HashedApiKey revoked = told.Keys[0] with { Info = told.Keys[0].Info with { RevokedAt = DateTimeOffset.UnixEpoch } };
        Assert.True(await store.TryWriteAsync(new(told.Revision, revoked, []), Cancellation));
        HashedApiKeys? after = await Eventually.BecomesAsync<HashedApiKeys?>(
            "the change is told", async () => await keys.FollowAsync(Nothing(told.Revision), Cancellation), now => now is not null, cancellationToken: Cancellation);
        Assert.Equal(DateTimeOffset.UnixEpoch, Assert.Single(after!.Keys).Info.RevokedAt);
    }

    [Fact]
    public async Task FollowAsync_WithUses_StoresThemWithoutANewRevision()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        IApiKeysGrain keys = Keys(shop);
        await keys.MakeAsync(New("abcdefghijk1", ApiScopes.Rank), Cancellation);
        HashedApiKeys told = (await keys.FollowAsync(Nothing(-1), Cancellation))!;
        DateTimeOffset used = DateTimeOffset.UtcNow.AddHours(-1);
        Assert.Null(await keys.FollowAsync(new(told.Revision, new Dictionary<string, DateTimeOffset> { ["abcdefghijk1"] = used, ["unknown"] = used }), Cancellation));
        Assert.Null(await keys.FollowAsync(new(told.Revision, new Dictionary<string, DateTimeOffset> { ["abcdefghijk1"] = used.AddSeconds(30) }), Cancellation));
        Assert.Equal(used, Assert.Single(await keys.ListAsync(Cancellation)).LastUsedAt);
        Assert.Null(await keys.FollowAsync(new(told.Revision, new Dictionary<string, DateTimeOffset> { ["abcdefghijk1"] = used.AddSeconds(60) }), Cancellation));
        Assert.Equal(used.AddSeconds(60), Assert.Single(await keys.ListAsync(Cancellation)).LastUsedAt);
    }

    [Fact]
    public async Task MakeFirstAsync_OfManyGateways_MakesOne()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        IApiKeysGrain keys = Keys(shop);
        await keys.MakeAsync(New("rankonly0000", ApiScopes.Rank), Cancellation);
        bool[] made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => keys.MakeFirstAsync(New($"first000000{i}", ApiScopes.Admin), Cancellation)));
        Assert.Single(made, m => m);
        Assert.Single(await keys.ListAsync(Cancellation), k => k.Scopes.Contains(ApiScopes.Admin));
    }

    [Fact]
    public async Task MakeAsync_ABadKey_IsRefusedAndNothingIsStored()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        IApiKeysGrain keys = Keys(shop);
        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(
            () => keys.MakeAsync(New("abc", "root") with { Hash = new byte[3], Note = "" }, Cancellation));
        Assert.Equal(["id", "hash", "note", "scopes[0]"], refused.Violations.Select(v => v.Field));
        Assert.Empty(await keys.ListAsync(Cancellation));
    }

    private static byte[] Hash { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static IApiKeysGrain Keys(ShopCluster shop) => shop.Client.GetGrain<IApiKeysGrain>(0);

    private static ApiKeyUse Nothing(long revision) => new(revision, new Dictionary<string, DateTimeOffset>());

    private static NewApiKey New(string id, string scope) => new() { Id = id, Note = "note", Scopes = [scope], Hash = Hash };
}
