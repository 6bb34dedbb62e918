using DinOrleans.Datasets;
using DinOrleans.Standalone.Shop;

namespace DinOrleans.Standalone.Tests.Shop;

public sealed class ShopPreparationTests : IDisposable
{
    private const string Schema =
        """{ "itemFeatures": [ { "name": "item_id", "dimension": 4 } ], "tasks": [ { "name": "click", "positiveEvents": [ "click" ] } ], "behaviours": { "events": [ "click" ] } }""";

    private readonly string _folder = Directory.CreateTempSubdirectory("din-orleans-").FullName;

    private string Data => Path.Combine(_folder, "data");

    private string Dataset => Path.Combine(_folder, "shop");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Schema)]
    [InlineData("""
        { "otherEvents": [], "behaviours": { "maxLength": 50, "events": [ "click" ] }, "tasks": [ { "positiveEvents": [ "click" ], "name": "click" } ],
          "userFeatures": [], "itemFeatures": [ { "dimension": 4, "name": "item_id" } ] }
        """)]
    public void Prepare_SchemaThatAnotherReleaseWroteInAnotherWay_IsTheSameShop(string written)
    {
        WriteDataset(Schema);
        Write(Data, "schema.json", written);

        ShopFolders folders = ShopPreparation.Prepare(new(Data, Dataset, ArtifactFolder: null));

        Assert.Equal(written, File.ReadAllText(folders.SchemaFile));
    }

    [Fact]
    public void Prepare_SchemaThatSaysSomethingElse_IsRefused()
    {
        WriteDataset(Schema);
        Write(Data, "schema.json", Schema.Replace("\"dimension\": 4", "\"dimension\": 8", StringComparison.Ordinal));

        Assert.Contains("holds another shop", Assert.Throws<DatasetException>(() => ShopPreparation.Prepare(new(Data, Dataset, ArtifactFolder: null))).Message);
    }

    [Fact]
    public void Prepare_NewShop_KeepsTheSchemaAndNothingBeside()
    {
        WriteDataset(Schema);

        ShopPreparation.Prepare(new(Data, Dataset, ArtifactFolder: null));

        Assert.Equal(["schema.json"], Directory.EnumerateFileSystemEntries(Data).Select(Path.GetFileName));
    }

    [Fact]
    public void Prepare_HalfASampleShopOfAKilledStart_IsRemoved()
    {
        WriteDataset(Schema);
        Write(Path.Combine(Data, $"sample-shop.{Guid.NewGuid():N}.partial"), "items.csv", "item_id\n");

        ShopPreparation.Prepare(new(Data, Dataset, ArtifactFolder: null));

        Assert.Equal(["schema.json"], Directory.EnumerateFileSystemEntries(Data).Select(Path.GetFileName));
    }

    private static void Write(string folder, string name, string content)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, name), content);
    }

    private void WriteDataset(string schema)
    {
        Write(Dataset, "schema.json", schema);
        Write(Dataset, "items.csv", "item_id\na\n");
        Write(Dataset, "events.csv", "event_id,user_id,item_id,type,timestamp\n");
    }
}
