using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;

namespace DinOrleans.Storage.Tests.Features;

/// <summary>What every item store promises.</summary>
public abstract class ItemStoreTests : StoreTests
{
    private IItemStore Items => Store<IItemStore>();

    [Fact]
    public async Task PutAsync_SeveralItems_AreReadWithTheirFeaturesUnderOneRevision()
    {
        Item[] put = [Item("i1", "price", "9.5"), Item("日本\"'💥", "category", "ü"), new("bare", Contracts.EmptyFeatures.Instance)];
        long revision = await Items.PutAsync(put, Cancellation);
        List<(long Revision, Item Item)> read = await ReadAsync(0);
        Assert.All(read, r => Assert.Equal(revision, r.Revision));
        Assert.Equal(
            put.ToDictionary(i => i.ItemId, i => i.Features.ToDictionary()),
            read.ToDictionary(r => r.Item.ItemId, r => r.Item.Features.ToDictionary()));
    }

    [Fact]
    public async Task PutAsync_KnownItem_ReplacesItsFeaturesUnderALaterRevision()
    {
        long first = await Items.PutAsync([Item("i1", "price", "1"), Item("i2", "price", "2")], Cancellation);
        long second = await Items.PutAsync([Item("i1", "category", "c")], Cancellation);
        Assert.True(second > first);
        (long revision, Item item) = Assert.Single(await ReadAsync(first));
        Assert.Equal(second, revision);
        Assert.Equal(new Dictionary<string, string> { ["category"] = "c" }, item.Features);
        Assert.Equal(["i2", "i1"], (await ReadAsync(0)).Select(r => r.Item.ItemId));
        Assert.Empty(await ReadAsync(second));
    }

    [Fact]
    public async Task PutAsync_SameItemTwiceInOneCall_KeepsTheLast()
    {
        await Items.PutAsync([Item("i1", "price", "1"), Item("i1", "price", "2")], Cancellation);
        Assert.Equal("2", Assert.Single(await ReadAsync(0)).Item.Features["price"]);
    }

    [Fact]
    public async Task PutAsync_OneItemThatCannotBeWritten_AppliesNoneOfTheCall()
    {
        long before = await Items.PutAsync([Item("i1", "price", "1")], Cancellation);
        Item[] put = [Item("i1", "price", "2"), Item("i2", "price", "2"), new("i3", null!)];
        await Assert.ThrowsAnyAsync<Exception>(() => Items.PutAsync(put, Cancellation));
        Assert.Equal([(before, "1")], (await ReadAsync(0)).Select(r => (r.Revision, r.Item.Features["price"])));
        Assert.True(await Items.PutAsync([Item("i2", "price", "3")], Cancellation) > before);
        Assert.Equal(2, (await ReadAsync(0)).Count);
    }

    [Fact]
    public async Task PutAsync_ManyCallsAtOnce_GetRevisionsOfTheirOwn()
    {
        long[] revisions = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Items.PutAsync([Item($"i{i}", "price", "1")], Cancellation)));
        Assert.Equal(50, revisions.Distinct().Count());
        List<(long Revision, Item Item)> read = await ReadAsync(0);
        Assert.Equal(revisions.Order(), read.Select(r => r.Revision));
    }

    [Fact]
    public async Task ReadSinceAsync_AfterARestart_GoesOnWhereItWas()
    {
        long first = await Items.PutAsync([Item("i1", "price", "1")], Cancellation);
        await RestartAsync();
        long second = await Items.PutAsync([Item("i2", "price", "1")], Cancellation);
        Assert.True(second > first);
        Assert.Equal(["i1", "i2"], (await ReadAsync(0)).Select(r => r.Item.ItemId));
        Assert.Equal(["i2"], (await ReadAsync(first)).Select(r => r.Item.ItemId));
    }

    private static Item Item(string id, string feature, string value) => new(id, new Dictionary<string, string> { [feature] = value });

    private async Task<List<(long Revision, Item Item)>> ReadAsync(long since) => await Items.ReadSinceAsync(since, Cancellation).ToListAsync(Cancellation);
}
