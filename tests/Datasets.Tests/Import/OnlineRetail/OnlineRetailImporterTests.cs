using System.IO.Compression;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.OnlineRetail;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Datasets.Tests.Import.OnlineRetail;

public sealed class OnlineRetailImporterTests : IDisposable
{
    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_Rows_AreCleanedAndInTheOrderOfTheFile()
    {
        string source = _folder.Write("retail.csv", Header
            + "3,85123B,\"LANTERN, RED METAL\",1,2010-12-02 08:00:00,1,17850.0,UK\n"
            + "1,85123A,WHITE HANGING T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,UK\n"
            + "1,71053,White Metal Box of 2,6,2010-12-01 08:26:00,3.39,17850.0,UK\n"
            + "1,POST,POSTAGE,1,2010-12-01 08:26:00,18,17850.0,UK\n"
            + "1,1234,FOUR DIGITS,1,2010-12-01 08:26:00,18,17850.0,UK\n"
            + "C2,71053,White Metal Box of 2,-6,2010-12-01 09:00:00,3.39,17850.0,UK\n"
            + "4,71053,White Metal Box of 2,1,2010-12-02 09:00:00,3.39,,UK\n"
            + "5,71053,OTHER NAME,2,12/3/2010 9:05,3.39,17851,UK\n");

        ImportResult result = new OnlineRetailImporter().Import(source, _folder["shop"], TestContext.Current.CancellationToken);

        Assert.Equal(new Imported(Items: 3, Users: 0, Events: 4, LeftOut: 4), Imported.From(result));
        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(["85123B METAL", "85123A HOLDER", "71053 BOX"], dataset.ReadItems().Select(i => $"{i.ItemId} {i.Features["category"]}"));
        BehaviourEvent[] events = [.. dataset.ReadEvents()];
        Assert.Equal(["17850 85123B", "17850 85123A", "17850 71053", "17851 71053"], events.Select(e => $"{e.UserId} {e.ItemId}"));
        Assert.All(events, e => Assert.Equal("purchase", e.Type));
        Assert.Equal(new DateTimeOffset(2010, 12, 1, 8, 26, 0, TimeSpan.Zero), events[1].Timestamp);
        Assert.Equal(new DateTimeOffset(2010, 12, 3, 9, 5, 0, TimeSpan.Zero), events[3].Timestamp);
    }

    [Fact]
    public void Import_TwoYears_LeavesOutInvoicesThatComeAgain()
    {
        string source = _folder.Write("retail.csv", "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
            + "1,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
            + "1,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
            + "2,71053,LANTERN,6,2010-12-02 08:26:00,3.39,13047.0,United Kingdom\n"
            + "1,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom\n"
            + "3,71053,LANTERN,-1,2010-12-10 08:26:00,3.39,13047.0,United Kingdom\n"
            + "3,71053,LANTERN,1,2010-12-10 08:26:00,3.39,,United Kingdom\n"
            + "3,M,Manual,1,2010-12-10 08:26:00,3.39,13047.0,United Kingdom\n");

        ImportResult result = new OnlineRetailImporter().Import(source, _folder["shop"], TestContext.Current.CancellationToken);

        Assert.Equal(new Imported(Items: 2, Users: 0, Events: 3, LeftOut: 4), Imported.From(result));
        Assert.Equal(
            "Left out: 1 row of invoices that the file has twice; 1 row whose StockCode does not start with five digits; 1 row with a Quantity of 0 or less; 1 row without a customer.",
            result.DescribeLeftOut());
    }

    [Fact]
    public void Import_TimeZone_IsThatOfTheInvoices()
    {
        string source = _folder.Write("retail.csv", Header + "1,85123A,HOLDER,6,2011-07-01 08:26:00,2.55,17850.0,UK\n");

        new OnlineRetailImporter(new() { TimeZone = TestZones.London }).Import(source, _folder["shop"], TestContext.Current.CancellationToken);

        Assert.Equal(new DateTimeOffset(2011, 7, 1, 7, 26, 0, TimeSpan.Zero), DatasetFolder.Open(_folder["shop"]).ReadEvents().Single().Timestamp);
    }

    [Fact]
    public void Import_Gzip_IsRead()
    {
        using (var gzip = new StreamWriter(new GZipStream(File.Create(_folder["retail.csv.gz"]), CompressionLevel.Fastest)))
        {
            gzip.Write(Header + "1,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,UK\n");
        }

        Assert.Equal(1, new OnlineRetailImporter().Import(_folder["retail.csv.gz"], _folder["shop"], TestContext.Current.CancellationToken).Dataset.Events);
    }

    [Fact]
    public void Import_BrokenGzip_SaysSo()
    {
        string source = _folder.Write("retail.csv.gz", "no gzip");

        Assert.Throws<DatasetException>(() => new OnlineRetailImporter().Import(source, _folder["shop"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("1,85123A,X,six,2010-12-01 08:26:00,1,17850,UK", "retail.csv line 2, column Quantity: must be a whole number")]
    [InlineData("1,85123A,X,6,yesterday,1,17850,UK", "retail.csv line 2, column InvoiceDate: must be a date like 2010-12-01 08:26:00")]
    [InlineData("1,85123A,X,6,2010-12-01 08:26:00,1,me,UK", "retail.csv line 2, column CustomerID: must be a whole number")]
    [InlineData("1,85123A,X,6,2010-12-01 08:26:00,1", "retail.csv line 2: must have 8 fields like the header, but has 6")]
    public void Import_BadRow_IsNamedAndNothingIsLeft(string row, string message)
    {
        string source = _folder.Write("retail.csv", Header + row + "\n");

        var error = Assert.Throws<DatasetException>(() => new OnlineRetailImporter().Import(source, _folder["shop"], TestContext.Current.CancellationToken));
        Assert.Equal(message, error.Message);
        Assert.Equal(["retail.csv"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Import_Cancelled_LeavesNothing()
    {
        string source = _folder.Write("retail.csv", Header + "1,85123A,X,6,2010-12-01 08:26:00,1,17850,UK\n");

        Assert.Throws<OperationCanceledException>(() => new OnlineRetailImporter().Import(source, _folder["shop"], new CancellationToken(canceled: true)));
        Assert.Equal(["retail.csv"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    [Trait("Category", "SharedData")]
    public async Task Import_RealData_LastItemsAreThePositivesOfTheTest()
    {
        string source = SharedData.Require("online-retail/online_retail.csv.gz");
        IReadOnlyList<RankingPair> pairs = PairsFile.Read(SharedData.Require("online-retail/test.csv"));

        ImportResult result = new OnlineRetailImporter().Import(source, _folder["shop"], TestContext.Current.CancellationToken);
        TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(_folder["shop"]), TestContext.Current.CancellationToken);

        Assert.Equal(new Imported(Items: 3659, Users: 0, Events: 396_370, LeftOut: 541_909 - 396_370), Imported.From(result));
        Assert.Equal(775, log.Items.Categorical[1].Values.Count);
        Assert.DoesNotContain(-1, log.Items.Categorical[1].Codes);

        // Throws where a user's last item is not the pair's positive.
        SampleOptions options = new() { HistoryOrder = HistoryOrder.BySequence, DropImmediateRepeats = true, HoldOut = HoldOut.LastItem };
        SampleSplit test = PairSamples.Build(log, pairs, options);
        Assert.Equal(4198, test.Count);
        Assert.All(test.Batches(4198, 0, shuffle: false).Single().Lengths.Take(4198), length => Assert.InRange(length, 2, 50));

        SampleSet set = SampleSet.Build(log, options);
        // Every position from the second but the last: of the 4,198 users with three or more items, and none of the others.
        Assert.Equal(394_730 - (2 * 4198), set.Training.Count + set.Validation.Count);
    }
}
