using System.Text;
using System.Text.Json;
using DinOrleans.Grains.Items.Columns;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Features;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Items.Columns;

public sealed class ItemRecordsTests
{
    private static readonly FeatureSchema Schema = SmallShop.Schema with
    {
        ItemFeatures = [new("category", 2), new("item_id", 6), new("brand", 2)],
    };

    private readonly ItemRecords _items = new(Schema);

    [Fact]
    public void Apply_Item_KeepsItsFeatures()
    {
        Put("i1", """{"brand":"b","price":"9.5","category":"c1"}""");
        Assert.Equal(("c1", "b", 9.5f), Features("i1"));
        Assert.Equal(1, _items.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"category":"","price":"much"}""")]
    [InlineData("""{"category":null,"brand":{"nested":["x"]},"colour":"red"}""")]
    public void Apply_MissingOrForeignFeatures_AreLeftOut(string json)
    {
        Put("i1", json);
        Assert.Equal((null, null, float.NaN), Features("i1"));
    }

    [Fact]
    public void Apply_EscapedText_IsUnescaped()
    {
        string json = JsonSerializer.Serialize(new Dictionary<string, string> { ["category"] = "日本\"'💥" });
        Assert.Contains('\\', json);
        Put("日本", json);
        Assert.Equal("日本\"'💥", Features("日本").Category);
    }

    [Fact]
    public void Apply_ItemAgain_ReplacesItsFeaturesAndChangesItsStamp()
    {
        Put("i1", """{"category":"c1","price":"1"}""");
        Put("i2", """{"category":"c1"}""");
        (int before, int other) = (Stamp("i1"), Stamp("i2"));

        Put("i1", """{"brand":"b"}""");

        Assert.Equal((null, "b", float.NaN), Features("i1"));
        Assert.Equal("c1", Features("i2").Category);
        Assert.NotEqual(before, Stamp("i1"));
        Assert.Equal(other, Stamp("i2"));
        Assert.Equal(2, _items.Count);
    }

    [Fact]
    public void Apply_Removal_TakesTheItemOutUntilItIsPutAgain()
    {
        Put("i1", """{"category":"c1"}""");
        Put("i2", "{}");
        Remove("i1");
        Remove("i1");
        Remove("never put");
        Assert.Equal((-1, -1, 1), (_items.Find("i1"), _items.Find("never put"), _items.Count));

        Put("i1", """{"category":"c2"}""");

        Assert.Equal(("c2", 2), (Features("i1").Category, _items.Count));
    }

    [Fact]
    public void Apply_DamagedFeatures_Throws() => Assert.ThrowsAny<JsonException>(() => Put("i1", """{"category":"""));

    [Fact]
    public async Task Read_WhileTheItemIsWritten_IsOneWritesRecord()
    {
        Put("i1", """{"category":"0","brand":"0","price":"0"}""");
        Task writing = Task.Run(
            () =>
            {
                for (int i = 0; i < 100_000; i++)
                {
                    string n = $"{i % 50}";
                    Put("i1", $$"""{"category":"{{n}}","brand":"{{n}}","price":"{{n}}"}""");
                }
            },
            TestContext.Current.CancellationToken);
        int reads = 0;
        while (!writing.IsCompleted || reads == 0)
        {
            (string? category, string? brand, float price) = Features("i1");
            Assert.Equal((category, category), (brand, $"{price}"));
            reads++;
        }

        await writing;
    }

    [Fact]
    public void Apply_ManyItemsFromSeveralThreads_KeepsEachWithItsOwnFeatures()
    {
        Parallel.For(0, 40_000, i => Put($"i{i}", $$"""{"category":"c{{i % 977}}","brand":"b{{i % 1009}}","price":"{{i}}"}"""));
        Assert.Equal(40_000, _items.Count);
        for (int i = 0; i < 40_000; i++)
        {
            Assert.Equal(($"c{i % 977}", $"b{i % 1009}", i), Features($"i{i}"));
        }
    }

    private void Put(string itemId, string features) => _items.Apply(new ItemRow
    {
        Revision = 1,
        ItemId = Encoding.UTF8.GetBytes(itemId),
        Features = Encoding.UTF8.GetBytes(features),
        State = ItemState.Available,
    });

    private void Remove(string itemId) => _items.Apply(new ItemRow
    {
        Revision = 1,
        ItemId = Encoding.UTF8.GetBytes(itemId),
        Features = "{}"u8,
        State = ItemState.Removed,
    });

    private int Stamp(string itemId) => _items.Stamp(_items.Find(itemId));

    private (string? Category, string? Brand, float Price) Features(string itemId)
    {
        int[] record = new int[_items.Layout.Width];
        _items.Read(_items.Find(itemId), record);
        return (Text("category"), Text("brand"), BitConverter.Int32BitsToSingle(record[_items.Layout.Place("price")]));

        string? Text(string feature)
        {
            int place = _items.Layout.Place(feature);
            return record[place] == 0 ? null : _items.Value(place, record[place]);
        }
    }
}
