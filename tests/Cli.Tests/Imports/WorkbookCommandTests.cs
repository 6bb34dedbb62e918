using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests.Imports;

/// <summary>A small workbook with the sheets and columns of Online Retail II, as a person imports it.</summary>
public sealed class WorkbookCommandTests : IDisposable
{
    private static readonly object?[] Header = ["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country"];

    private readonly TemporaryFolder _folder = new();

    public WorkbookCommandTests() => new WorkbookOf()
        .Sheet(
            "Year 2009-2010",
            Header,
            [489434, 85048, "GLASS BALL 20 LIGHTS", 12, new DateTime(2009, 12, 1, 7, 45, 0), 6.95, 13085, "United Kingdom"],
            [489434, "79323P", "PINK CHERRY LIGHTS", 6, new DateTime(2009, 12, 1, 7, 45, 0), 6.75, 13085, "United Kingdom"],
            ["C489435", 85048, "GLASS BALL 20 LIGHTS", -12, new DateTime(2009, 12, 2, 9, 0, 0), 6.95, 13085, "United Kingdom"])
        .Sheet(
            "Year 2010-2011",
            Header,
            [536365, 85048, "GLASS BALL 20 LIGHTS", 3, new DateTime(2010, 7, 1, 8, 26, 0), 6.95, 12682, "France"],
            [536366, "79323P", null, 1, new DateTime(2010, 7, 1, 8, 28, 0), 6.75, null, "France"])
        .Write(_folder["online_retail_II.xlsx"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Init_ThenImportPlan_ReadBothSheets()
    {
        Ended init = await RunAsync("init", "online_retail_II.xlsx", "--out", "shop", "--time-zone", "Europe/London");

        Assert.Equal((0, ""), (init.Code, init.Errors));
        string[] lines = init.Output.TrimEnd().Split('\n');
        Assert.StartsWith("online_retail_II.xlsx is an Excel workbook, of which the sheets \"Year 2009-2010\", \"Year 2010-2011\" are read", lines[0]);
        Assert.Equal(
            [
                "shop: 4 events of 2 users from 2009-12-01T07:45:00Z to 2010-07-01T07:26:00Z; 2 items; 2 profiles.",
                "Left out: 1 row without Customer ID.",
            ],
            lines[^3..^1].Select(l => l));
        Assert.Equal(["13085", "13085", "13085", "12682"], Users("shop"));

        Ended again = await RunAsync("import", "plan", "shop/import.json", "--out", "again");

        Assert.Equal((0, ""), (again.Code, again.Errors));
        Assert.Equal(lines[^3..^1].Select(l => l.Replace("shop:", "again:", StringComparison.Ordinal)), again.Output.TrimEnd().Split('\n'));
        Assert.Equal(Users("shop"), Users("again"));
    }

    [Fact]
    public async Task Import_Workbook_SaysWhatWasLeftOut()
    {
        Ended retail = await RunAsync("import", "online-retail", "online_retail_II.xlsx", "--out", "retail");

        Assert.Equal((0, ""), (retail.Code, retail.Errors));
        Assert.Equal(
            "retail: 3 events of 2 users from 2009-12-01T07:45:00Z to 2010-07-01T08:26:00Z; 2 items; 0 profiles.\n"
            + "Left out: 1 row with a Quantity of 0 or less; 1 row without a customer.\n",
            retail.Output);

        string[] columns = ["--user-column", "Customer ID", "--item-column", "StockCode", "--timestamp-column", "InvoiceDate", "--skip-incomplete"];
        Ended csv = await RunAsync(["import", "csv", "online_retail_II.xlsx", "--sheet", "Year 2010-2011", "--out", "second", .. columns]);

        Assert.Equal((0, ""), (csv.Code, csv.Errors));
        Assert.Equal(["12682"], Users("second"));
    }

    [Fact]
    public async Task Import_WrongSheet_IsOneClearError()
    {
        Ended missing = await RunAsync("import", "online-retail", "online_retail_II.xlsx", "--sheet", "Orders", "--out", "retail");
        Assert.Equal(
            (1, "error: online_retail_II.xlsx: has no sheet \"Orders\"; its sheets are \"Year 2009-2010\", \"Year 2010-2011\"\n"), (missing.Code, missing.Errors));

        Ended alone = await RunAsync("init", "online_retail_II.xlsx", "--items-sheet", "Products", "--out", "retail");
        Assert.NotEqual(0, alone.Code);
        Assert.Contains("--items-sheet needs --items, which names the workbook.", alone.Errors);
        Assert.False(Directory.Exists(_folder["retail"]));
    }

    private IEnumerable<string> Users(string folder) => DatasetFolder.Open(_folder[folder]).ReadEvents().Select((BehaviourEvent e) => e.UserId);

    private Task<Ended> RunAsync(params string[] arguments) => CliProcess.RunAsync(_folder.Path, arguments);
}
