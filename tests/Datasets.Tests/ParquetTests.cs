using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Guesses;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.Plans;
using DinOrleans.Datasets.Tests.Import;
using DinOrleans.TestMachine;
using Parquet;
using Parquet.Schema;

namespace DinOrleans.Datasets.Tests;

/// <summary>Parquet files are read by the same plan as CSV files.</summary>
public sealed class ParquetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Import_RowGroupsOfManyTypes_AreReadAsText()
    {
        await WriteAsync("events.parquet", isUtc: true);

        PlanGuess guess = PlanGuess.Of([_folder["events.parquet"]], new(), Cancellation);
        ImportResult result = new PlanImporter(guess.Plan).Import(guess.Plan.Events.Path, _folder["shop"], Cancellation);

        Assert.Equal(new Imported(Items: 2, Users: 0, Events: 4, LeftOut: 0), Imported.From(result));
        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        BehaviourEvent[] events = [.. dataset.ReadEvents()];
        Assert.Equal(["1 u1 10", "2 u1 20", "3 u2 10", "4 u2 20"], events.Select(e => $"{e.EventId} {e.UserId} {e.ItemId}"));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 12, 0, 0, 250, TimeSpan.Zero), events[0].Timestamp);
        Assert.Equal(["10 0.5", "20 2"], dataset.ReadItems().Select(i => $"{i.ItemId} {i.Features["price"]}"));
    }

    [Fact]
    public async Task Import_LocalTimes_AreThoseOfTheZone()
    {
        await WriteAsync("events.parquet", isUtc: false);
        ImportPlan plan = new() { TimestampFormat = TimeReader.IsoLocalName, TimeZone = TestZones.Berlin.Id, TimestampColumn = "time" };

        new PlanImporter(plan).Import(_folder["events.parquet"], _folder["shop"], Cancellation);

        Assert.Equal(new DateTimeOffset(2026, 1, 1, 11, 0, 0, 250, TimeSpan.Zero), DatasetFolder.Open(_folder["shop"]).ReadEvents().First().Timestamp);
    }

    [Fact]
    public async Task Import_DecimalComma_LeavesNumbersAsTheyAre()
    {
        await WriteAsync("events.parquet", isUtc: true);
        ImportPlan plan = new() { TimestampColumn = "time", DecimalComma = true, ItemFeatures = ["price"], Numeric = ["price"] };

        new PlanImporter(plan).Import(_folder["events.parquet"], _folder["shop"], Cancellation);

        Assert.Equal(["10 0.5", "20 2"], DatasetFolder.Open(_folder["shop"]).ReadItems().Select(i => $"{i.ItemId} {i.Features["price"]}"));
    }

    [Fact]
    public async Task Import_BadRow_IsNamedByItsNumber()
    {
        await WriteAsync("events.parquet", isUtc: true);
        ImportPlan plan = new() { TimestampFormat = TimeReader.UnixSecondsName, TimestampColumn = "time" };

        Assert.Equal(
            "events.parquet row 1, column time: must be seconds since 1970",
            Assert.Throws<DatasetException>(() => new PlanImporter(plan).Import(_folder["events.parquet"], _folder["shop"], Cancellation)).Message);
    }

    [Fact]
    public async Task Import_ColumnOfLists_IsLeftOutAndNamed()
    {
        var item = new DataField<string>("item_id");
        var genres = new ListField("genres", new DataField<string>("element"));
        await using (FileStream file = File.Create(_folder["items.parquet"]))
        {
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(item, genres), file, cancellationToken: Cancellation);
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(item, new[] { "a", "b" });
            await group.WriteAsync((DataField)genres.Item, new[] { "Drama", "War", "Indie" }, new[] { 0, 1, 0 });
        }

        ImportPlan plan = new() { Items = new() { Path = _folder["items.parquet"] } };
        ImportResult result = new PlanImporter(plan).Import(_folder.Write("log.csv", "user_id,item_id,timestamp\n"), _folder["shop"], Cancellation);

        Assert.Equal(["Left out of items.parquet: genres, whose rows hold lists, structures or bytes."], result.Notes);
        Assert.Equal(2, result.Dataset.Items);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public async Task Import_CutFile_IsRefused(double share)
    {
        await WriteAsync("events.parquet", isUtc: true);
        byte[] whole = await File.ReadAllBytesAsync(_folder["events.parquet"], Cancellation);
        await File.WriteAllBytesAsync(_folder["events.parquet"], whole[..(int)(whole.Length * share)], Cancellation);

        Assert.Equal(
            "events.parquet: cannot be read as Parquet; is the file whole, and is each of its columns of a usual type?",
            Assert.Throws<DatasetException>(() => new PlanImporter(new()).Import(_folder["events.parquet"], _folder["shop"], Cancellation)).Message);
    }

    [Fact]
    public async Task Import_ParquetOfAnotherName_SaysHowItIsRead()
    {
        await WriteAsync("events.csv", isUtc: true);

        Assert.Contains(
            "is a Parquet file, whose name must end in .parquet",
            Assert.Throws<DatasetException>(() => new PlanImporter(new()).Import(_folder["events.csv"], _folder["shop"], Cancellation)).Message);
    }

    /// <summary>Writes two row groups with columns of texts, whole numbers, times, and numbers of which one is missing.</summary>
    private async Task WriteAsync(string name, bool isUtc)
    {
        var user = new DataField<string>("user_id");
        var item = new DataField<long>("item_id");
        var time = new DateTimeDataField("time", DateTimeFormat.Timestamp, isAdjustedToUTC: isUtc, unit: DateTimeTimeUnit.Millis);
        var price = new DataField<double?>("price");
        var schema = new ParquetSchema(user, item, time, price);
        await using FileStream file = File.Create(_folder[name]);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: Cancellation);
        foreach (string who in (string[])["u1", "u2"])
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(user, new[] { who, who });
            await group.WriteAsync<long>(item, new long[] { 10, 20 }, cancellationToken: Cancellation);
            await group.WriteAsync<DateTime>(
                time, new[] { new DateTime(2026, 1, 1, 12, 0, 0, 250, DateTimeKind.Utc), new DateTime(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc) }, cancellationToken: Cancellation);
            await group.WriteAsync<double>(price, new double?[] { 0.5, who == "u1" ? null : 2 }, cancellationToken: Cancellation);
        }
    }
}
