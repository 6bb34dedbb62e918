using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;

namespace DinOrleans.Storage.Tests.Features;

/// <summary>What every item store promises.</summary>
public abstract class ItemStoreTests : StoreTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private IItemStore Items => Store<IItemStore>();

    [Fact]
    public async Task PutAsync_SeveralItems_AreReadWithTheirFeaturesUnderOneRevision()
    {
        Item[] put = [Item("i1", "price", "9.5"), Item("日本\"'💥", "category", "ü"), new("bare", EmptyFeatures.Instance)];
        long revision = await Items.PutAsync(put, Cancellation);
        List<Change> read = await ReadChangesAsync(0);
        Assert.All(read, r => Assert.Equal(revision, r.Revision));
        Assert.Equal(
            put.ToDictionary(i => i.ItemId, i => i.Features.ToDictionary()),
            read.ToDictionary(r => r.ItemId, r => r.Features));
        Assert.Equal(
            put.ToDictionary(i => i.ItemId, i => i.Features.ToDictionary()),
            await Items.ReadAllAsync(Cancellation).ToDictionaryAsync(i => i.ItemId, i => i.Features.ToDictionary(), cancellationToken: Cancellation));
    }

    [Fact]
    public async Task PutAsync_KnownItem_ReplacesItsFeaturesUnderALaterRevision()
    {
        long first = await Items.PutAsync([Item("i1", "price", "1"), Item("i2", "price", "2")], Cancellation);
        long second = await Items.PutAsync([Item("i1", "category", "c")], Cancellation);
        Assert.True(second > first);
        Change change = Assert.Single(await ReadChangesAsync(first));
        Assert.Equal(second, change.Revision);
        Assert.Equal(new Dictionary<string, string> { ["category"] = "c" }, change.Features);
        Assert.Equal(["i2", "i1"], await IdsAsync());
        Assert.Empty(await ReadChangesAsync(second));
    }

    [Fact]
    public async Task PutAsync_SameItemTwiceInOneCall_KeepsTheLast()
    {
        await Items.PutAsync([Item("i1", "price", "1"), Item("i1", "price", "2")], Cancellation);
        Assert.Equal("2", Assert.Single(await ReadChangesAsync(0)).Features["price"]);
    }

    [Fact]
    public async Task PutAsync_OneItemThatCannotBeWritten_AppliesNoneOfTheCall()
    {
        long before = await Items.PutAsync([Item("i1", "price", "1")], Cancellation);
        Item[] put = [Item("i1", "price", "2"), Item("i2", "price", "2"), new("i3", null!)];
        await Assert.ThrowsAnyAsync<Exception>(() => Items.PutAsync(put, Cancellation));
        Assert.Equal([(before, "1")], (await ReadChangesAsync(0)).Select(r => (r.Revision, r.Features["price"])));
        Assert.True(await Items.PutAsync([Item("i2", "price", "3")], Cancellation) > before);
        Assert.Equal(2, (await ReadChangesAsync(0)).Count);
    }

    [Fact]
    public async Task PutAsync_ManyCallsAtOnce_GetRevisionsOfTheirOwn()
    {
        long[] revisions = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Items.PutAsync([Item($"i{i}", "price", "1")], Cancellation)));
        Assert.Equal(50, revisions.Distinct().Count());
        Assert.Equal(revisions.Order(), (await ReadChangesAsync(0)).Select(r => r.Revision));
    }

    [Fact]
    public async Task PutAsync_Availability_IsReadAsItWasPut()
    {
        Item[] put =
        [
            Item("sold out", "price", "1") with { Unavailable = true },
            Item("in season", "price", "1") with { AvailableFrom = Noon, AvailableUntil = Noon.AddDays(30) },
            Item("always", "price", "1"),
        ];
        await Items.PutAsync(put, Cancellation);

        foreach (Item item in put)
        {
            Item read = (await Items.GetAsync(item.ItemId, Cancellation))!;
            Assert.Equal((item.Unavailable, item.AvailableFrom, item.AvailableUntil), (read.Unavailable, read.AvailableFrom, read.AvailableUntil));
        }

        Assert.Equal(
            [("always", ItemState.Available, null, null), ("in season", ItemState.Available, Noon, Noon.AddDays(30)), ("sold out", ItemState.Unavailable, null, null)],
            (await ReadChangesAsync(0)).Select(r => (r.ItemId, r.State, r.From, r.Until)).OrderBy(r => r.ItemId, StringComparer.Ordinal));
        await Items.PutAsync([Item("in season", "price", "2")], Cancellation);
        Assert.Null((await Items.GetAsync("in season", Cancellation))!.AvailableFrom);
    }

    [Fact]
    public async Task GetAsync_UnknownItem_IsNull() => Assert.Null(await Items.GetAsync("nobody put it", Cancellation));

    [Fact]
    public async Task DeleteAsync_KnownItem_IsGoneAndTheRemovalIsAChange()
    {
        await Items.PutAsync([Item("i1", "price", "1"), Item("i2", "price", "2")], Cancellation);
        long before = (await ReadChangesAsync(0)).Max(r => r.Revision);

        Assert.True(await Items.DeleteAsync("i1", Cancellation));

        Assert.Null(await Items.GetAsync("i1", Cancellation));
        Assert.Equal(["i2"], await IdsAsync());
        Change removal = Assert.Single(await ReadChangesAsync(before));
        Assert.Equal(("i1", ItemState.Removed, 0), (removal.ItemId, removal.State, removal.Features.Count));
        Assert.False(await Items.DeleteAsync("i1", Cancellation));
        Assert.False(await Items.DeleteAsync("nobody put it", Cancellation));
    }

    [Fact]
    public async Task DeleteAsync_ThenPut_BringsTheItemBackUnderALaterRevision()
    {
        await Items.PutAsync([Item("i1", "price", "1")], Cancellation);
        await Items.DeleteAsync("i1", Cancellation);
        long removed = Assert.Single(await ReadChangesAsync(0)).Revision;

        long back = await Items.PutAsync([Item("i1", "price", "2")], Cancellation);

        Assert.True(back > removed);
        Assert.Equal("2", (await Items.GetAsync("i1", Cancellation))!.Features["price"]);
    }

    [Fact]
    public async Task ReadChangesAsync_AfterARestart_GoesOnWhereItWas()
    {
        long first = await Items.PutAsync([Item("i1", "price", "1")], Cancellation);
        await RestartAsync();
        long second = await Items.PutAsync([Item("i2", "price", "1")], Cancellation);
        Assert.True(second > first);
        Assert.Equal(["i1", "i2"], (await ReadChangesAsync(0)).Select(r => r.ItemId));
        Assert.Equal(["i2"], (await ReadChangesAsync(first)).Select(r => r.ItemId));
    }

    private static Item Item(string id, string feature, string value) => new(id, new Dictionary<string, string> { [feature] = value });

    private async Task<List<string>> IdsAsync() => await Items.ReadAllAsync(Cancellation).Select(i => i.ItemId).ToListAsync(Cancellation);

    private async Task<List<Change>> ReadChangesAsync(long since)
    {
        ConcurrentQueue<Change> changes = [];
        long newest = await Items.ReadChangesAsync(since, row => changes.Enqueue(Copy(row)), Cancellation);
        Assert.Equal(changes.IsEmpty ? since : changes.Max(c => c.Revision), newest);
        return [.. changes.OrderBy(c => c.Revision)];
    }

    private static Change Copy(ItemRow row) => new(
        row.Revision,
        Encoding.UTF8.GetString(row.ItemId),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.Features)!,
        row.State,
        Time(row.AvailableFrom),
        Time(row.AvailableUntil));

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    private sealed record Change(
        long Revision, string ItemId, Dictionary<string, string> Features, ItemState State, DateTimeOffset? From, DateTimeOffset? Until);
}
