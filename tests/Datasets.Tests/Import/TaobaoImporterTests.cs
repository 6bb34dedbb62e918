using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Import;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Datasets.Tests.Import;

public sealed class TaobaoImporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_Rows_BecomeEventsAndItemsWithTheirCategory()
    {
        string source = _folder.Write("UserBehavior.csv", "1,2268318,2520377,pv,1511544070\n1,2333346,2520771,cart,1511561733\n2,2268318,2520377,buy,1511572885\n");

        ImportResult result = Import(source);

        Assert.Equal(new Imported(Items: 2, Users: 0, Events: 3, LeftOut: 0), Imported.From(result));
        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(["2268318 2520377", "2333346 2520771"], dataset.ReadItems().Select(i => $"{i.ItemId} {i.Features["category"]}"));
        BehaviourEvent[] events = [.. dataset.ReadEvents()];
        Assert.Equal(["1 1 2268318 pv", "2 1 2333346 cart", "3 2 2268318 buy"], events.Select(e => $"{e.EventId} {e.UserId} {e.ItemId} {e.Type}"));
        Assert.Equal(new DateTimeOffset(2017, 11, 24, 17, 21, 10, TimeSpan.Zero), events[0].Timestamp);
    }

    [Fact]
    public async Task Import_Views_AreTheBehavioursAndTheTask()
    {
        Import(_folder.Write("UserBehavior.csv", "1,7,1,pv,1511544070\n1,8,1,fav,1511561733\n1,9,2,pv,1511572885\n"));

        TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(_folder["shop"]), TestContext.Current.CancellationToken);
        Assert.Equal(["pv"], log.Schema.Behaviours.Events);
        Assert.Equal("pv", Assert.Single(log.Schema.Tasks).Name);
        Assert.Equal(1, SampleSet.Build(log, new() { ValidationShare = 0 }).Training.Count);
    }

    [Theory]
    [InlineData(1511539199, 0)]
    [InlineData(1511539200, 1)]
    [InlineData(1512316799, 1)]
    [InlineData(1512316800, 0)]
    [InlineData(-2134949234, 0)]
    public void Import_TimeOutsideThePublishedDays_IsLeftOutAndCounted(long seconds, int events)
    {
        ImportResult result = Import(_folder.Write("UserBehavior.csv", $"1,7,1,pv,{seconds}\n1,7,1,pv,1511544070\n"));

        Assert.Equal(new Imported(Items: 1, Users: 0, Events: 1 + events, LeftOut: 1 - events), Imported.From(result));
    }

    [Fact]
    public void Import_NoRowInThePublishedDays_IsRefused()
    {
        string source = _folder.Write("UserBehavior.csv", "1,7,1,pv,1511544070000\n1,7,1,pv,1511544071000\n");

        Assert.StartsWith("no event is left to import, as 2 rows were left out (2 outside the published days): is this the right file", Assert.Throws<DatasetException>(() => Import(source)).Message);
        Assert.Equal(["UserBehavior.csv"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("user,item,category,type,timestamp", "line 2, column timestamp: must be seconds since 1970, a whole number")]
    [InlineData("1,7,1,view,1511544070", "line 2, column type: must be one of pv, cart, fav, buy")]
    [InlineData("1,,1,pv,1511544070", "line 2, column item: must be 1 to 200 characters")]
    [InlineData("1,7,,pv,1511544070", "line 2, column category: must be 1 to 200 characters")]
    [InlineData("1,7,pv,1511544070", "line 2: must have 5 fields, but has 4")]
    public void Import_BadRow_IsNamedAndNothingIsLeft(string row, string message)
    {
        string source = _folder.Write("UserBehavior.csv", $"1,7,1,pv,1511544070\n{row}\n");

        var error = Assert.Throws<DatasetException>(() => Import(source));
        Assert.Equal("UserBehavior.csv " + message, error.Message);
        Assert.Equal(["UserBehavior.csv"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Import_MissingFile_IsNamed() =>
        Assert.Contains($"There is no file {_folder["UserBehavior.csv"]}", Assert.Throws<DatasetException>(() => Import(_folder["UserBehavior.csv"])).Message, StringComparison.Ordinal);

    private ImportResult Import(string source) => new TaobaoImporter().Import(source, _folder["shop"], TestContext.Current.CancellationToken);
}
