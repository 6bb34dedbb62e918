using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.Plans;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Import.Plans;

/// <summary>What a plan can say about files that are not as plain as they could be.</summary>
public sealed class PlanOptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_FeaturesInTheEvents_AreThoseOfItemsUsersAndTheMoment()
    {
        string events = _folder.Write(
            "log.csv",
            "user_id,item_id,timestamp,brand,price,city,device\nu,a,2026-01-01T00:00:00Z,NULL,2.5,Ulm,ios\nu,a,2026-01-01T00:00:01Z,acme,3,Bonn,web\nv,b,2026-01-01T00:00:02Z,acme,,NULL,NULL\n");
        ImportPlan plan = new()
        {
            Items = new() { Path = _folder.Write("items.csv", "item_id,colour\na,red\nc,blue\n") },
            ItemFeatures = ["brand", "price"],
            UserFeatures = ["city"],
            ContextFeatures = ["device"],
            Numeric = ["price"],
            Missing = ["NULL"],
            Names = new Dictionary<string, string> { ["price"] = "first_price" },
        };

        ImportResult result = Import(events, plan);

        Assert.Equal(new Imported(Items: 3, Users: 2, Events: 3, LeftOut: 0), Imported.From(result));
        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(["item_id", "colour", "brand"], dataset.Schema.ItemFeatures.Select(f => f.Name));
        Assert.Equal(
            ["a: brand=acme colour=red first_price=2.5", "c: colour=blue", "b: brand=acme"],
            dataset.ReadItems().Select(i => $"{i.ItemId}: {Text(i.Features)}"));
        Assert.Equal(["u: city=Ulm", "v: "], dataset.ReadUsers().Select(u => $"{u.Key}: {Text(u.Value.Features)}"));
        Assert.Equal(["device=ios", "device=web", ""], dataset.ReadEvents().Select(e => Text(e.Context)));
    }

    [Fact]
    public void Import_Ratings_DecideTheType()
    {
        string events = _folder.Write("log.csv", "user_id,item_id,timestamp,stars\nu,a,2026-01-01T00:00:00Z,\"4,5\"\nu,b,2026-01-01T00:00:00Z,4\nu,c,2026-01-01T00:00:00Z,5\n");

        Import(events, new() { RatingColumn = "stars", PositiveRating = 4.5, PositiveTypes = ["like"], DecimalComma = true });

        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(["like", "low_rating", "like"], dataset.ReadEvents().Select(e => e.Type));
        Assert.Equal(["low_rating"], dataset.Schema.OtherEvents);
    }

    [Fact]
    public void Import_RowsThatAreNotWanted_AreCountedByReason()
    {
        string events = _folder.Write(
            "log.csv",
            "user_id,item_id,timestamp,type\n,a,2026-01-01T00:00:00Z,click\nu,,2026-01-01T00:00:00Z,click\nu,NA,2026-01-01T00:00:00Z,click\nu,a,,click\nu,a,2026-01-01T00:00:00Z,hover\n"
            + "u,a,2026-01-01T00:00:00Z,\nu,a,2026-01-01T00:00:00Z,click\n");
        ImportPlan plan = new()
        {
            TypeColumn = "type",
            SkipIncomplete = true,
            SkipUnknownTypes = true,
            Missing = ["NA"],
            Items = new() { Path = _folder.Write("items.csv", "item_id,brand\n,x\na,y\n") },
        };

        ImportResult result = Import(events, plan);

        Assert.Equal(new Imported(Items: 1, Users: 0, Events: 1, LeftOut: 7), Imported.From(result));
        Assert.Equal(
            "Left out: 2 rows without item_id; 1 row of event types that were not chosen; 1 row of items.csv without item_id; 1 row without timestamp; 1 row without type; 1 row without user_id.",
            result.DescribeLeftOut());
    }

    [Theory]
    [InlineData("1.234,56", "1234.56")]
    [InlineData("-0,5", "-0.5")]
    [InlineData("12", "12")]
    public void Import_DecimalComma_IsRead(string written, string number)
    {
        Import(_folder.Write("log.csv", "user_id,item_id,timestamp\n"), Prices(written));

        Assert.Equal(number, DatasetFolder.Open(_folder["shop"]).ReadItems().Single().Features["price"]);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1,234.56")]
    [InlineData("12.34,5")]
    public void Import_DecimalPointWhereCommasAreStated_IsRefused(string written) => Assert.Equal(
        "items.csv line 2, column price: must be a number with a decimal comma, and with points only between groups of three digits, such as 1.234,56",
        Assert.Throws<DatasetException>(() => Import(_folder.Write("log.csv", "user_id,item_id,timestamp\n"), Prices(written))).Message);

    [Fact]
    public void Import_FilesWithoutHeadersAndWithOtherIds_AreNamedByThePlan()
    {
        string events = _folder.Write("log.tsv", "7\t1\t1767225600\n");
        ImportPlan plan = new()
        {
            Events = new() { Delimiter = "\t", Quoted = false, Columns = ["who", "what", "when"] },
            Items = new() { Path = _folder.Write("items.csv", "sku;brand\n1;acme\n"), Delimiter = ";", IdColumn = "sku" },
            UserColumn = "who",
            ItemColumn = "what",
            TimestampColumn = "when",
            TimestampFormat = TimeReader.UnixSecondsName,
        };

        Assert.Equal(0, Import(events, plan).Dataset.UnmatchedEvents);
        BehaviourEvent read = DatasetFolder.Open(_folder["shop"]).ReadEvents().Single();
        Assert.Equal(("7", "1"), (read.UserId, read.ItemId));
    }

    [Fact]
    public void Import_PlanOfADataset_GivesTheSameDataset()
    {
        string events = _folder.Write("log.csv", "who;item_id;timestamp;brand\nu;a;1767225600;acme\n");
        ImportPlan plan = new()
        {
            Events = new() { Delimiter = ";" },
            UserColumn = "who",
            TimestampFormat = TimeReader.UnixSecondsName,
            ItemFeatures = ["brand"],
            Names = new Dictionary<string, string> { ["brand"] = "maker" },
            Lists = new Dictionary<string, string> { ["brand"] = "|" },
            ListParts = 2,
            SplitLists = ["brand"],
        };
        Import(events, plan);
        string[] files = [.. DatasetFiles()];

        ImportPlan loaded = PlanJson.Load(Path.Combine(_folder["shop"], "import.json"));
        new PlanImporter(loaded).Import(loaded.Events.Path, _folder["shop"], TestContext.Current.CancellationToken);

        Assert.Equal(events, loaded.Events.Path);
        Assert.Equal(files, DatasetFiles());
    }

    [Theory]
    [InlineData("""{ "events": { "path": "e.csv" }, "userColum": "u" }""", "userColum is unknown")]
    [InlineData("""{ "events": { "path": "e.csv" }, "listParts": "3" }""", "listParts must be a whole number")]
    [InlineData("""{ }""", "events.path must be there")]
    [InlineData("""{""", "must be valid JSON")]
    public void Load_PlanThatBreaksARule_NamesTheFileAndTheField(string json, string rule)
    {
        string path = _folder.Write("import.json", json);

        string message = Assert.Throws<DatasetException>(() => PlanJson.Load(path)).Message;
        Assert.StartsWith($"{path}: ", message);
        Assert.Contains(rule, message);
    }

    [Fact]
    public void Import_PlanThatBreaksRules_ListsThem()
    {
        ImportPlan plan = new()
        {
            Events = new() { Delimiter = "a", Encoding = "klingon" },
            TimestampFormat = "soon",
            TimeZone = "Moon/Tycho",
            PositiveTypes = [],
            TypeColumn = "type",
            RatingColumn = "stars",
            ListParts = 0,
            PositiveRating = double.NaN,
            Lists = new Dictionary<string, string> { ["tags"] = "" },
            SplitLists = ["tags", "brand"],
            Numeric = ["tags"],
        };

        string message = Assert.Throws<DatasetException>(() => Import("log.csv", plan)).Message;

        Assert.All(
            ["events.delimiter must be", "events.encoding \"klingon\" is not known", "timestampFormat must be", "timeZone ", "positiveTypes must name", "typeColumn and ratingColumn must not",
                "positiveRating must be", "listParts must be 1 to 20", "lists.tags must be the text", "lists.tags must not be a column of numbers",
                "splitLists must name columns of lists, but \"brand\" is not one"],
            rule => Assert.Contains(rule, message));
    }

    private ImportPlan Prices(string written) => new()
    {
        Items = new() { Path = _folder.Write("items.csv", $"item_id;price\na;{written}\n"), Delimiter = ";" },
        Numeric = ["price"],
        DecimalComma = true,
    };

    private IEnumerable<string> DatasetFiles() =>
        Directory.EnumerateFiles(_folder["shop"]).Order(StringComparer.Ordinal).Select(f => Path.GetFileName(f) + File.ReadAllText(f));

    private static string Text(IReadOnlyDictionary<string, string> features) =>
        string.Join(' ', features.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));

    private ImportResult Import(string events, ImportPlan plan) => new PlanImporter(plan).Import(events, _folder["shop"], TestContext.Current.CancellationToken);
}
