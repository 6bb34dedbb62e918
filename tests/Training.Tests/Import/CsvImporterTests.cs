using DinOrleans.Contracts.Users;
using DinOrleans.Training.Datasets;
using DinOrleans.Training.Import;
using DinOrleans.Training.Tests.Datasets;

namespace DinOrleans.Training.Tests.Import;

public sealed class CsvImporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_EventsAlone_NeedNoOptions()
    {
        string events = _folder.Write("views.csv", "timestamp,user_id,item_id,anything\n2026-01-01T00:00:00Z,u,a,x\n2026-01-01T00:00:00Z,u,b,x\n");

        ImportResult result = new CsvImporter(new()).Import(events, _folder["shop"], TestContext.Current.CancellationToken);

        Assert.Equal(new ImportResult(Items: 0, Users: 0, Events: 2, LeftOut: 0), result);
        Assert.Equal(["2 click a", "3 click b"], DatasetFolder.Open(_folder["shop"]).ReadEvents().Select(e => $"{e.EventId} {e.Type} {e.ItemId}"));
    }

    [Fact]
    public void Import_MappedFiles_BecomeFeaturesTasksAndContexts()
    {
        string events = _folder.Write("log.csv", "When,Who,What,Kind,Id,Shown In,Device\n1767225600,u,a,buy,1,,ios\n1767225601,u,b,impression,2,r1,\n");
        CsvImportOptions options = new()
        {
            ItemsFile = _folder.Write("goods.csv", "What,Brand Name,Price,Notes\na,acme,2.5,x\nb,,,\n"),
            UsersFile = _folder.Write("people.csv", "Who,Age\nu,40\n"),
            UserColumn = "Who",
            ItemColumn = "What",
            TimestampColumn = "When",
            TimestampFormat = TimestampFormat.UnixSeconds,
            EventIdColumn = "Id",
            TypeColumn = "Kind",
            RankingColumn = "Shown In",
            PositiveTypes = ["buy"],
            OtherTypes = ["impression"],
            ContextColumns = ["Device"],
            NumericColumns = ["Price", "Age"],
            IgnoredColumns = ["Notes"],
        };

        ImportResult result = new CsvImporter(options).Import(events, _folder["shop"], TestContext.Current.CancellationToken);

        Assert.Equal(new ImportResult(Items: 2, Users: 1, Events: 2, LeftOut: 0), result);
        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(["item_id", "brand_name"], dataset.Schema.ItemFeatures.Select(f => f.Name));
        Assert.Equal(["price Item", "age User"], dataset.Schema.NumericFeatures.Select(f => $"{f.Name} {f.Source}"));
        Assert.Equal("buy", Assert.Single(dataset.Schema.Tasks).Name);
        Assert.Equal(new Dictionary<string, string> { ["brand_name"] = "acme", ["price"] = "2.5" }, dataset.ReadItems().First().Features);
        Assert.Equal("40", dataset.ReadUsers().Single().Value.Features["age"]);
        BehaviourEvent[] read = [.. dataset.ReadEvents()];
        Assert.Equal("ios", read[0].Context["device"]);
        Assert.Equal("r1", read[1].RankingId);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero), read[1].Timestamp);
    }

    [Theory]
    [InlineData("u,a,click,1,noon", "log.csv line 2, column timestamp: must be milliseconds since 1970, a whole number")]
    [InlineData("u,a,click,1,-5", "log.csv line 2, column timestamp: must be milliseconds since 1970, a whole number")]
    [InlineData("u,a,wave,1,5", "log.csv line 2, column type: must be one of click")]
    [InlineData("u,a,click,,5", "log.csv line 2, column id: must be 1 to 200 characters")]
    [InlineData("u,a,click,1,5\nu,a,click,1,5", "log.csv line 3, column id: must be unique within the user")]
    public void Import_BadRow_IsNamedInTheSourceAndNothingIsLeft(string rows, string message)
    {
        string events = _folder.Write("log.csv", $"user_id,item_id,type,id,timestamp\n{rows}\n");
        CsvImportOptions options = new() { TypeColumn = "type", EventIdColumn = "id", TimestampFormat = TimestampFormat.UnixMilliseconds };

        var error = Assert.Throws<DatasetException>(() => new CsvImporter(options).Import(events, _folder["shop"], TestContext.Current.CancellationToken));
        Assert.Equal(message, error.Message);
        Assert.Equal(["log.csv"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("item_id,price\na,1\na,2\n", "items.csv line 3, column item_id: must be unique in the file")]
    [InlineData("item_id,price\na,dear\n", "items.csv line 2, column price: must be a finite number")]
    [InlineData("id,price\na,1\n", "items.csv line 1, column item_id: must be there")]
    [InlineData("item_id,9lives\na,1\n", "csv import: the columns and options make no valid schema: "
        + "itemFeatures[1].name must be 1 to 64 lower-case letters, digits or underscores, starting with a letter")]
    public void Import_BadItems_AreNamed(string items, string message)
    {
        string events = _folder.Write("log.csv", "user_id,item_id,timestamp\n");
        CsvImportOptions options = new() { ItemsFile = _folder.Write("items.csv", items), NumericColumns = ["price"] };

        var error = Assert.Throws<DatasetException>(() => new CsvImporter(options).Import(events, _folder["shop"], TestContext.Current.CancellationToken));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Import_MissingFile_IsNamed() =>
        Assert.Contains("there is no such file", Assert.Throws<DatasetException>(
            () => new CsvImporter(new()).Import(_folder["none.csv"], _folder["shop"], TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
}
