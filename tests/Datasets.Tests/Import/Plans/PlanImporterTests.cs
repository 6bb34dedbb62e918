using System.Text;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.Plans;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Datasets.Tests.Import.Plans;

public sealed class PlanImporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_EventsAlone_NeedNoOptions()
    {
        string events = _folder.Write("views.csv", "timestamp,user_id,item_id,anything\n2026-01-01T00:00:00Z,u,a,x\n2026-01-01T00:00:00Z,u,b,x\n");

        ImportResult result = new PlanImporter(new()).Import(events, _folder["shop"], TestContext.Current.CancellationToken);

        Assert.Equal(new Imported(Items: 0, Users: 0, Events: 2, LeftOut: 0), Imported.From(result));
        Assert.Equal(["2 click a", "3 click b"], DatasetFolder.Open(_folder["shop"]).ReadEvents().Select(e => $"{e.EventId} {e.Type} {e.ItemId}"));
    }

    [Fact]
    public void Import_MappedFiles_BecomeFeaturesTasksAndContexts()
    {
        string events = _folder.Write("log.csv", "When,Who,What,Kind,Id,Shown In,Device\n1767225600,u,a,buy,1,,ios\n1767225601,u,b,impression,2,r1,\n");
        ImportPlan options = new()
        {
            Items = new() { Path = _folder.Write("goods.csv", "What,Brand Name,Price,Notes\na,acme,2.5,x\nb,,,\n") },
            Users = new() { Path = _folder.Write("people.csv", "Who,Age\nu,40\n") },
            UserColumn = "Who",
            ItemColumn = "What",
            TimestampColumn = "When",
            TimestampFormat = TimeReader.UnixSecondsName,
            EventIdColumn = "Id",
            TypeColumn = "Kind",
            RankingColumn = "Shown In",
            PositiveTypes = ["buy"],
            OtherTypes = ["impression"],
            ContextFeatures = ["Device"],
            Numeric = ["Price", "Age"],
            Ignored = ["Notes"],
        };

        ImportResult result = new PlanImporter(options).Import(events, _folder["shop"], TestContext.Current.CancellationToken);

        Assert.Equal(new Imported(Items: 2, Users: 1, Events: 2, LeftOut: 0), Imported.From(result));
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
    [InlineData("u,a,click,1,noon", "log.csv line 2, column timestamp: must be milliseconds since 1970")]
    [InlineData("u,a,click,1,-5", "log.csv line 2, column timestamp: must be milliseconds since 1970")]
    [InlineData("u,a,wave,1,1767225600000", "log.csv line 2, column type: must be one of click, but is \"wave\"; name it with --positive or --other, or leave such rows out with --skip-unknown-types")]
    [InlineData("u,a,click,,1767225600000", "log.csv line 2, column id: must be 1 to 200 characters")]
    [InlineData("u,a,click,1,1767225600000\nu,a,click,1,1767225600000", "log.csv line 3, column id: must be unique within the user")]
    public void Import_BadRow_IsNamedInTheSourceAndNothingIsLeft(string rows, string message)
    {
        string events = _folder.Write("log.csv", $"user_id,item_id,type,id,timestamp\n{rows}\n");
        ImportPlan options = new() { TypeColumn = "type", EventIdColumn = "id", TimestampFormat = TimeReader.UnixMillisecondsName };

        var error = Assert.Throws<DatasetException>(() => new PlanImporter(options).Import(events, _folder["shop"], TestContext.Current.CancellationToken));
        Assert.Equal(message, error.Message);
        Assert.Equal(["log.csv"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("item_id,price\na,1\na,2\n", "items.csv line 3, column item_id: must be unique in the file")]
    [InlineData("item_id,price\na,dear\n", "items.csv line 2, column price: must be a finite number from -3.4e38 to 3.4e38")]
    [InlineData("id,price\na,1\n", "items.csv line 1, column item_id: must be there")]
    [InlineData("item_id,9lives\na,1\n", "csv import: the columns and options do not make a valid schema: "
        + "itemFeatures[1].name must be 1 to 64 lower-case letters, digits or underscores, starting with a letter")]
    public void Import_BadItems_AreNamed(string items, string message)
    {
        string events = _folder.Write("log.csv", "user_id,item_id,timestamp\n");
        ImportPlan options = new() { Items = new() { Path = _folder.Write("items.csv", items) }, Numeric = ["price"] };

        var error = Assert.Throws<DatasetException>(() => new PlanImporter(options).Import(events, _folder["shop"], TestContext.Current.CancellationToken));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("user_id;item_id;timestamp\nu;a;2026-01-01T00:00:00Z\n", ";")]
    [InlineData("user_id\titem_id\ttimestamp\nu\ta\t2026-01-01T00:00:00Z\n", "\t")]
    public void Import_OtherDelimiter_IsNamedAndReadByTheOption(string rows, string delimiter)
    {
        string events = _folder.Write("log.csv", rows);

        string shown = delimiter == "\t" ? "tab" : $"\"{delimiter}\"";
        Assert.Equal(
            $"log.csv line 1, column user_id: must be there; the fields seem to be separated by {shown}, not by \",\": give --delimiter {shown}",
            Assert.Throws<DatasetException>(() => Import(events, new())).Message);
        Assert.Equal(1, Import(events, new() { Events = new() { Delimiter = delimiter } }).Dataset.Events);
    }

    [Fact]
    public void Import_OtherEncoding_IsNamedAndReadByTheOption()
    {
        string events = _folder["log.csv"];
        File.WriteAllBytes(events, Encoding.Latin1.GetBytes("user_id,item_id,timestamp\nu,caf\u00e9,2026-01-01T00:00:00Z\nu,caf\u00e8,2026-01-01T00:00:00Z\n"));

        Assert.Equal(
            "log.csv line 2: byte 32 of the text (0xE9) is not utf-8; give the encoding of the file with --encoding, such as --encoding latin1",
            Assert.Throws<DatasetException>(() => Import(events, new())).Message);
        Import(events, new() { Events = new() { Encoding = "latin1" } });
        Assert.Equal(["caf\u00e9", "caf\u00e8"], DatasetFolder.Open(_folder["shop"]).ReadEvents().Select(e => e.ItemId));
    }

    [Theory]
    [InlineData("\"a\tb\"", "must not hold control characters")]
    [InlineData("\"a\nb\"", "must not hold control characters")]
    [InlineData("a\u0085b", "must not hold control characters")]
    [InlineData(" ", "must not be only white space")]
    [InlineData("\u3000", "must not be only white space")]
    [InlineData("..", "must not be \".\" or \"..\"")]
    public void Import_IdThatTheApiRefuses_IsRefused(string id, string rule)
    {
        string[] rows = [$"{id},a,2026-01-01T00:00:00Z", $"u,{id},2026-01-01T00:00:00Z"];
        string[] columns = ["user_id", "item_id"];
        for (int i = 0; i < rows.Length; i++)
        {
            string events = _folder.Write("log.csv", $"user_id,item_id,timestamp\n{rows[i]}\n");
            string message = Assert.Throws<DatasetException>(() => Import(events, new())).Message;
            Assert.EndsWith($", column {columns[i]}: {rule}", message);
        }
    }

    [Theory]
    [InlineData("u,a,1767225600", TimeReader.UnixMillisecondsName, "is read as 1970-01-21T10:53:45.6Z, which lies before 1995")]
    [InlineData("u,a,17672256000", TimeReader.UnixSecondsName, "is read as 2530-01-05T00:00:00Z, which lies in the future")]
    [InlineData("u,a,0001-01-01T00:00:00Z", TimeReader.Rfc3339Name, "is read as 0001-01-01T00:00:00Z, which lies before 1995")]
    public void Import_ImplausibleTime_IsRefusedUnlessConfirmed(string row, string format, string problem)
    {
        string events = _folder.Write("log.csv", $"user_id,item_id,timestamp\n{row}\n");
        ImportPlan options = new() { TimestampFormat = format };
        var clock = new FakeTimeProvider(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(
            $"log.csv line 2, column timestamp: {problem}: is the unit of time right? --any-time takes it as it is",
            Assert.Throws<DatasetException>(() => new PlanImporter(options, clock).Import(events, _folder["shop"], TestContext.Current.CancellationToken)).Message);
        Assert.Equal(1, Import(events, options with { AnyTime = true }).Dataset.Events);
    }

    [Fact]
    public void Import_ItemsWrittenOtherwiseThanInEvents_SaysHowManyDoNotMatch()
    {
        string events = _folder.Write("log.csv", "user_id,item_id,timestamp\nu,1,2026-01-01T00:00:00Z\nv,2,2026-01-03T00:00:00.5Z\nv,1,2026-01-02T00:00:00Z\n");

        ImportResult result = Import(events, new() { Items = new() { Path = _folder.Write("items.csv", "item_id\n1.0\n2\n3\n") } });

        Assert.Equal(
            "3 events of 2 users from 2026-01-01T00:00:00Z to 2026-01-03T00:00:00.5Z; 3 items, and 2 events on 1 items that are not among them, such as \"1\"; 0 profiles",
            result.Dataset.ToString());
    }

    [Theory]
    [InlineData("\"a,c1\nb,c2\n", "items.csv line 4: must have 2 fields like the header, but has 1")]
    [InlineData("a,1e39\n", "items.csv line 2, column price: must be a finite number from -3.4e38 to 3.4e38")]
    [InlineData("a,\"1,5\"\n", "items.csv line 2, column price: must be a finite number from -3.4e38 to 3.4e38")]
    public void Import_ItemsThatCannotBeRead_AreNamed(string rows, string message)
    {
        string events = _folder.Write("log.csv", "user_id,item_id,timestamp\n");
        ImportPlan options = new() { Items = new() { Path = _folder.Write("items.csv", "item_id,price\n" + rows) }, Numeric = ["price"] };

        Assert.Equal(message, Assert.Throws<DatasetException>(() => Import(events, options)).Message);
    }

    [Fact]
    public void Import_FeatureOfMoreCharactersThanTheApiTakes_IsRefused()
    {
        string events = _folder.Write("log.csv", "user_id,item_id,timestamp\n");
        string items = _folder.Write("items.csv", $"item_id,story\na,{new string('x', 201)}\n");

        Assert.Equal(
            "items.csv line 2, column story: must be at most 200 characters",
            Assert.Throws<DatasetException>(() => Import(events, new() { Items = new() { Path = items } })).Message);
    }

    [Fact]
    public void Import_QuoteThatIsNeverClosed_DoesNotTakeTheWholeFileIntoMemory()
    {
        string events = _folder.Write("log.csv", "user_id,item_id,timestamp\nu,\"a\n" + string.Concat(Enumerable.Repeat("u,a,2026-01-01T00:00:00Z\n", 100_000)));

        Assert.Contains("a field is longer than 1000000 characters; is a quote left open?", Assert.Throws<DatasetException>(() => Import(events, new())).Message);
    }

    private ImportResult Import(string events, ImportPlan options) =>
        new PlanImporter(options).Import(events, _folder["shop"], TestContext.Current.CancellationToken);

    [Fact]
    public void Import_MissingFile_IsNamed() =>
        Assert.Contains("There is no file ", Assert.Throws<DatasetException>(
            () => new PlanImporter(new()).Import(_folder["none.csv"], _folder["shop"], TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
}
