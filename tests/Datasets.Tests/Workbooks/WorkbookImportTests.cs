using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Guesses;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.OnlineRetail;
using DinOrleans.Datasets.Import.Plans;
using DinOrleans.Datasets.Tests.Import;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Workbooks;

/// <summary>Workbooks are imported by the same plan as CSV files.</summary>
public sealed class WorkbookImportTests : IDisposable
{
    private static readonly object?[] RetailHeader = ["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>The published file has the same values once as numbers and dates, and once as text.</summary>
    [Fact]
    public void Guess_Workbook_IsThatOfTheSameCsv()
    {
        string csv = _folder.Write("online_retail_II.csv", string.Join(',', RetailHeader) + "\n"
            + "489434,85048,GLASS BALL 20 LIGHTS,12,2009-12-01 07:45:00,6.95,13085,United Kingdom\n"
            + "489434,79323P,PINK CHERRY LIGHTS,6,2009-12-01 07:45:00,6.75,13085,United Kingdom\n"
            + "489436,85048,GLASS BALL 20 LIGHTS,3,2010-12-02 09:06:00,6.95,12682,France\n"
            + "489437,79323P,,1,2010-12-02 09:08:00,6.75,,France\n");
        string workbook = Retail().Write(_folder["online_retail_II.xlsx"]);

        PlanGuess expected = PlanGuess.Of([csv], new(), Cancellation);
        PlanGuess guess = PlanGuess.Of([workbook], new(), Cancellation);

        Assert.Equal(
            "online_retail_II.xlsx is an Excel workbook, of which the sheets \"Year 2009-2010\", \"Year 2010-2011\" are read, and the first row has the column names (--sheet, --columns).",
            guess.Findings[0]);
        Assert.Equal(expected.Findings.Skip(1), guess.Findings.Skip(1));
        Assert.Equal(PlanJson.Write(expected.Plan with { Events = guess.Plan.Events }), PlanJson.Write(guess.Plan));
        ImportResult result = new PlanImporter(guess.Plan).Import(guess.Plan.Events.Path, _folder["shop"], Cancellation);
        Assert.Equal("Left out: 1 row without Customer ID.", result.DescribeLeftOut());
        Assert.Equal(new PlanImporter(expected.Plan).Import(csv, _folder["other"], Cancellation).Dataset, result.Dataset);
        Assert.Equal(["13085 85048", "13085 79323P", "12682 85048"], Events("shop").Select(e => $"{e.UserId} {e.ItemId}"));
    }

    [Fact]
    public void Guess_SheetWithoutHeader_NumbersTheColumns()
    {
        string path = new WorkbookOf().Sheet("Log", ["u1", "a", new DateTime(2026, 1, 1), null], ["u2", "b", new DateTime(2026, 1, 2), 5]).Write(_folder["log.xlsx"]);

        PlanGuess guess = PlanGuess.Of([path], new(), Cancellation);

        Assert.Equal(["column_1", "column_2", "column_3", "column_4"], guess.Plan.Events.Columns!);
        Assert.Equal(("column_1", "column_2", "column_3"), (guess.Plan.UserColumn, guess.Plan.ItemColumn, guess.Plan.TimestampColumn));
        Assert.Equal(
            "log.xlsx: has 4 columns, but --columns names 3",
            Assert.Throws<DatasetException>(() => PlanGuess.Of([path], new() { Columns = ["user", "item", "time"] }, Cancellation)).Message);
    }

    /// <summary>A date needs no format, whatever the format of texts in the column is.</summary>
    [Fact]
    public void Import_Dates_AreLocalTimesOfTheZone()
    {
        string path = new WorkbookOf { IsFrom1904 = true }
            .Sheet("Log", ["user_id", "item_id", "timestamp"], ["u", "a", new DateTime(2026, 7, 1, 12, 0, 0)], ["u", "b", "2026-07-01T10:00:00Z"])
            .Write(_folder["log.xlsx"]);

        new PlanImporter(new() { TimeZone = TestZones.Berlin.Id }).Import(path, _folder["shop"], Cancellation);

        Assert.All(Events("shop"), e => Assert.Equal(new DateTimeOffset(2026, 7, 1, 10, 0, 0, TimeSpan.Zero), e.Timestamp));
    }

    [Fact]
    public void Import_DecimalComma_LeavesNumbersAsTheyAre()
    {
        string path = new WorkbookOf()
            .Sheet("Log", ["user_id", "item_id", "timestamp", "price"], ["u", "a", new DateTime(2026, 7, 1), 2.345], ["u", "b", new DateTime(2026, 7, 1), "1.234,5"])
            .Write(_folder["log.xlsx"]);

        new PlanImporter(new() { DecimalComma = true, ItemFeatures = ["price"], Numeric = ["price"] }).Import(path, _folder["shop"], Cancellation);

        Assert.Equal(["2.345", "1234.5"], DatasetFolder.Open(_folder["shop"]).ReadItems().Select(i => i.Features["price"]));
    }

    [Fact]
    public void Guess_SheetsOfOneWorkbook_AreEventsItemsAndUsers()
    {
        string path = new WorkbookOf()
            .Sheet("Products", ["sku", "colour"], [7, "red"], [8, "blue"])
            .Sheet("Orders", ["customer", "sku", "ordered at"], [1, 7, new DateTime(2026, 1, 1)], [2, 8, new DateTime(2026, 1, 2)], [1, 8, new DateTime(2026, 1, 3)])
            .Sheet("Customers", ["customer", "country"], [1, "France"], [2, "Chile"])
            .Write(_folder["shop.xlsx"]);
        PlanChanges stated = new() { Source = new() { Sheet = "Orders" }, ItemsFile = path, ItemsSheet = "Products", UsersFile = path, UsersSheet = "Customers", Categorical = ["colour", "country"] };

        PlanGuess guess = PlanGuess.Of([path], stated, Cancellation);
        ImportResult result = new PlanImporter(guess.Plan).Import(path, _folder["shop"], Cancellation);

        Assert.Contains("Events: shop.xlsx sheet \"Orders\", which has times.", guess.Findings);
        Assert.Equal(("Orders", "Products", "Customers"), (guess.Plan.Events.Sheet, guess.Plan.Items!.Sheet, guess.Plan.Users!.Sheet));
        Assert.Equal(new Imported(Items: 2, Users: 2, Events: 3, LeftOut: 0), Imported.From(result));
        Assert.Equal(["7 red", "8 blue"], DatasetFolder.Open(_folder["shop"]).ReadItems().Select(i => $"{i.ItemId} {i.Features["colour"]}"));

        // Not of the guess, but of "import csv".
        ImportPlan same = (stated with { UserColumn = "customer", ItemColumn = "sku", TimestampColumn = "ordered at" }).Apply(new());
        Assert.Equal(new Imported(Items: 2, Users: 2, Events: 3, LeftOut: 0), Imported.From(new PlanImporter(same).Import(path, _folder["same"], Cancellation)));
    }

    [Fact]
    public void Guess_SheetOfTheFirstWorkbook_IsNotThatOfTheOthers()
    {
        string log = _folder.Write("log.csv", "user,sku,time\nu,7,2026-01-01T00:00:00Z\nv,8,2026-01-02T00:00:00Z\n");
        string products = new WorkbookOf().Sheet("Notes", ["something"]).Sheet("Products", ["sku", "colour"], [7, "red"], [8, "blue"]).Write(_folder["products.xlsx"]);

        ImportPlan plan = PlanGuess.Of([log, products], new() { Source = new() { Sheet = "Products" } }, Cancellation).Plan;

        Assert.Equal((null, "Products"), (plan.Events.Sheet, plan.Items!.Sheet));
        Assert.Equal(
            "log.csv: has no sheet \"Products\", because only files whose names end in .xlsx or .xlsm have sheets",
            Assert.Throws<DatasetException>(() => PlanGuess.Of([log], new() { Source = new() { Sheet = "Products" } }, Cancellation)).Message);
    }

    [Fact]
    public void OnlineRetail_PublishedWorkbook_IsReadSheetBySheet()
    {
        ImportResult result = new OnlineRetailImporter(new() { TimeZone = TestZones.London }).Import(Retail(repeats: true).Write(_folder["online_retail_II.xlsx"]), _folder["shop"], Cancellation);

        Assert.Equal(new Imported(Items: 2, Users: 0, Events: 3, LeftOut: 4), Imported.From(result));
        Assert.Equal(
            "Left out: 2 rows of invoices that the file has twice; 1 row with a Quantity of 0 or less; 1 row without a customer.", result.DescribeLeftOut());
        BehaviourEvent[] events = Events("shop");
        Assert.Equal(["489434-2 13085 85048", "489434-3 13085 79323P", "489436-5 12682 85048"], events.Select(e => $"{e.EventId} {e.UserId} {e.ItemId}"));
        Assert.Equal(new DateTimeOffset(2009, 12, 1, 7, 45, 0, TimeSpan.Zero), events[0].Timestamp);
        Assert.Equal(3, new OnlineRetailImporter(new() { Sheet = "Year 2010-2011" }).Import(_folder["online_retail_II.xlsx"], _folder["second"], Cancellation).Dataset.Events);
    }

    private static WorkbookOf Retail(bool repeats = false)
    {
        object?[][] first =
        [
            RetailHeader,
            [489434, 85048, "GLASS BALL 20 LIGHTS", 12, new DateTime(2009, 12, 1, 7, 45, 0), 6.95, 13085, "United Kingdom"],
            [489434, "79323P", "PINK CHERRY LIGHTS", 6, new DateTime(2009, 12, 1, 7, 45, 0), 6.75, 13085.0, "United Kingdom"],
        ];
        object?[][] second =
        [
            [489436, 85048, "GLASS BALL 20 LIGHTS", 3, new DateTime(2010, 12, 2, 9, 6, 0), 6.95, 12682, "France"],
            [489437, "79323P", null, 1, new DateTime(2010, 12, 2, 9, 8, 0), 6.75, null, "France"],
        ];
        object?[] returned = ["C489438", 85048, "GLASS BALL 20 LIGHTS", -3, new DateTime(2010, 12, 2, 9, 6, 0), 6.95, 12682, "France"];
        return new WorkbookOf().Sheet("Year 2009-2010", first).Sheet("Year 2010-2011", [RetailHeader, .. repeats ? [second[0], .. first.Skip(1), second[1], returned] : second]);
    }

    private BehaviourEvent[] Events(string folder) => [.. DatasetFolder.Open(_folder[folder]).ReadEvents()];
}
