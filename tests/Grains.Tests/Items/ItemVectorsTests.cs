using System.Text;
using System.Text.Json;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Items.Columns;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Features;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Items;

public sealed class ItemVectorsTests : IDisposable
{
    private const int Many = 70;

    private readonly string _folder = Directory.CreateTempSubdirectory("item-vectors-").FullName;
    private readonly ItemRecords _items = new(SmallShop.Schema);

    [Fact]
    public void Write_ItemsOfTheCatalogue_AreAsTheVersionEncodesTheirFeatures()
    {
        using Artifact version = Version(SmallShop.Schema);
        var vectors = new ItemVectors(_items, version);
        foreach ((string id, Dictionary<string, string> features) in Items())
        {
            Put(id, features);

            // Twice: the first time looks the rows up, the second one finds them.
            AssertAsEncoded(version, vectors, id, features);
            AssertAsEncoded(version, vectors, id, features);
        }
    }

    [Fact]
    public void Write_TwoVersions_EachHasItsOwnRows()
    {
        using Artifact one = Version(SmallShop.Schema);
        using Artifact other = Version(SmallShop.Schema, new() { ["item.item_id"] = ["i7", "i1"], ["item.category"] = ["c2"] });
        var (ofOne, ofOther) = (new ItemVectors(_items, one), new ItemVectors(_items, other));
        foreach ((string id, Dictionary<string, string> features) in Items())
        {
            Put(id, features);
            AssertAsEncoded(one, ofOne, id, features);
            AssertAsEncoded(other, ofOther, id, features);
            AssertAsEncoded(one, ofOne, id, features);
        }
    }

    [Theory]
    [InlineData("i3")]
    [InlineData("nobody knows it")]
    public void Write_ItemThatTheCatalogueLacks_IsMadeOfItsIdAlone(string id)
    {
        using Artifact version = Version(SmallShop.Schema);
        AssertAsEncoded(version, new ItemVectors(_items, version), id, []);
    }

    [Fact]
    public void Write_FeaturesInAnotherOrderThanTheShops_AreTakenByName()
    {
        using Artifact version = Version(SmallShop.Schema with { ItemFeatures = [new("category", 2), new("item_id", 6)] });
        Put("i4", Features("c1", "2.5"));
        AssertAsEncoded(version, new ItemVectors(_items, version), "i4", Features("c1", "2.5"));
    }

    [Fact]
    public void Write_ItemWrittenAgain_HasItsFeaturesOfToday()
    {
        using Artifact version = Version(SmallShop.Schema);
        var vectors = new ItemVectors(_items, version);
        Put("i4", Features("c1", "2.5"));
        AssertAsEncoded(version, vectors, "i4", Features("c1", "2.5"));
        Put("i4", Features("c0", "3"));
        AssertAsEncoded(version, vectors, "i4", Features("c0", "3"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<(string Id, Dictionary<string, string> Features)> Items() =>
    [
        ("i1", Features("c0", "1")),
        ("new to the version", Features("c2", "1e30")),
        ("i7", Features("new category", "-4")),
        ("i8", []),
    ];

    private static Dictionary<string, string> Features(string category, string price) => new() { ["category"] = category, ["price"] = price };

    private void AssertAsEncoded(Artifact version, ItemVectors vectors, string id, Dictionary<string, string> features)
    {
        FeatureRows rows = version.Items.Encode(new Dictionary<string, string>(features) { [FeatureSchema.ItemId] = id });
        float[] expected = new float[version.Items.Width];
        version.Items.Write(rows, expected);
        int idFeature = version.Items.Categorical.Index().First(f => f.Item.Name == FeatureSchema.ItemId).Index;

        var item = new CatalogueItem(id, _items.Find(id));
        float[] vector = new float[version.Items.Width];
        vectors.Write(item, vector);
        Assert.Equal(expected, vector);

        // More than are fetched together, so that the last ones are fewer.
        float[] many = new float[Many * expected.Length];
        float[] bias = new float[Many];
        vectors.Write(Enumerable.Repeat(item, Many).ToArray(), many, bias);
        Assert.All(many.Chunk(expected.Length), v => Assert.Equal(expected, v));
        Assert.All(bias, b => Assert.Equal(version.ItemBias.ReadFirst(rows.Rows[idFeature]), b));
    }

    private void Put(string itemId, Dictionary<string, string> features) => _items.Apply(new ItemRow
    {
        Revision = 1,
        ItemId = Encoding.UTF8.GetBytes(itemId),
        Features = JsonSerializer.SerializeToUtf8Bytes(features),
        State = ItemState.Available,
    });

    private Artifact Version(FeatureSchema schema, Dictionary<string, string[]>? values = null) => Artifact.Open(
        UntrainedArtifact.Write(Path.Combine(_folder, Guid.NewGuid().ToString("N")), schema, values ?? SmallShop.Values));
}
