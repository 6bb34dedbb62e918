using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Search;

namespace DinOrleans.Storage.Tests.Search;

/// <summary>What every search for items promises.</summary>
public abstract class ItemSearchTests : StoreTests
{
    private IItemSearch Items => Store<IItemSearch>();

    [Fact]
    public async Task FindAsync_ByPrefix_IsPagedInOrder()
    {
        await PutAsync(("a2", "x"), ("a1", "y"), ("b1", "x"), ("a10", "x"));
        Assert.Equal(["a1", "a10"], await IdsAsync(new() { Prefix = "a", Limit = 2 }));
        Assert.Equal(["a2"], await IdsAsync(new() { Prefix = "a", Limit = 2, After = "a10" }));
        Assert.Equal(["a1", "a10", "a2", "b1"], await IdsAsync(new()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FindAsync_ByTheValueOfAFeature_FindsExactlyThose(bool isPrepared)
    {
        if (isPrepared)
        {
            await Items.PrepareAsync(["category", "brand"], Cancellation);
        }

        await PutAsync(("a1", "it's \"ü\""), ("a2", "other"), ("b1", "it's \"ü\""));
        await Store<IItemStore>().PutAsync([new("bare", Contracts.EmptyFeatures.Instance)], Cancellation);
        Assert.Equal(["a1", "b1"], await IdsAsync(new() { Feature = "category", Value = "it's \"ü\"" }));
        Assert.Equal(["b1"], await IdsAsync(new() { Feature = "category", Value = "it's \"ü\"", Prefix = "b" }));
        Assert.Empty(await IdsAsync(new() { Feature = "category", Value = "it" }));
        Assert.Empty(await IdsAsync(new() { Feature = "brand", Value = "other" }));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData(@"a\u0000b")]
    [InlineData(@"\")]
    public async Task PutAsync_ValueThatADatabaseMayNotTake_IsKeptAndHarmsNoSearch(string category)
    {
        await Items.PrepareAsync(["category"], Cancellation);
        await PutAsync(("a1", category), ("a2", "x"));
        Assert.Equal(["a2"], await IdsAsync(new() { Feature = "category", Value = "x" }));
        Assert.Equal(category, Assert.Single(await Items.GetAsync(["a1"], Cancellation)).Features["category"]);
    }

    [Fact]
    public async Task PrepareAsync_AgainAndAfterARestart_KeepsWhatIsThere()
    {
        await PutAsync(("a1", "x"));
        await Items.PrepareAsync(["category"], Cancellation);
        await RestartAsync();
        await Task.WhenAll(Items.PrepareAsync(["category"], Cancellation), Items.PrepareAsync(["category", "brand"], Cancellation));
        await PutAsync(("a1", "y"), ("a2", "x"));
        Assert.Equal(["a2"], await IdsAsync(new() { Feature = "category", Value = "x" }));
        Assert.Equal(["a1"], await IdsAsync(new() { Feature = "category", Value = "y" }));
    }

    [Theory]
    [InlineData("Category")]
    [InlineData("a'; DROP TABLE items; --")]
    [InlineData("")]
    public async Task PrepareAsync_NameThatNoSchemaAllows_IsRefused(string feature) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Items.PrepareAsync([feature], Cancellation));

    [Fact]
    public async Task GetAsync_SomeKnown_LeavesOutTheOthers()
    {
        await PutAsync(("a1", "x"), ("a2", "y"));
        Item item = Assert.Single(await Items.GetAsync(["a2", "nobody"], Cancellation));
        Assert.Equal(("a2", "y"), (item.ItemId, item.Features["category"]));
    }

    [Fact]
    public async Task FindAsync_RemovedItem_IsGoneUntilItIsPutAgain()
    {
        await PutAsync(("a1", "x"), ("a2", "x"));
        await Store<IItemStore>().DeleteAsync("a1", Cancellation);
        Assert.Equal(["a2"], await IdsAsync(new() { Prefix = "a" }));
        Assert.Equal(["a2"], await IdsAsync(new() { Feature = "category", Value = "x" }));
        Assert.Empty(await Items.GetAsync(["a1"], Cancellation));
        await PutAsync(("a1", "x"));
        Assert.Equal(["a1", "a2"], await IdsAsync(new() { Prefix = "a" }));
    }

    private async Task PutAsync(params (string Id, string Category)[] items) => await Store<IItemStore>().PutAsync(
        [.. items.Select(i => new Item(i.Id, new Dictionary<string, string> { ["category"] = i.Category, ["price"] = "1" }))], Cancellation);

    private async Task<string[]> IdsAsync(ItemSearch search) => [.. (await Items.FindAsync(search, Cancellation)).Select(i => i.ItemId)];
}
