using DinOrleans.Contracts.Users;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests;

public sealed class DatasetFolderTests : IDisposable
{
    private const string EventHeader = "event_id,user_id,item_id,type,timestamp,ranking_id,device\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadItems_EmptyField_IsMissing()
    {
        var items = DatasetFolder.Open(DatasetFiles.Write(_folder)).ReadItems().ToArray();

        Assert.Equal(["a", "b"], items.Select(i => i.ItemId));
        Assert.Equal(new Dictionary<string, string> { ["category"] = "c1", ["price"] = "1.5" }, items[0].Features);
        Assert.Equal(new Dictionary<string, string> { ["category"] = "c2" }, items[1].Features);
    }

    [Fact]
    public void ReadUsers_WithoutUsersFile_IsEmpty() =>
        Assert.Empty(DatasetFolder.Open(DatasetFiles.Write(_folder, users: null)).ReadUsers());

    [Fact]
    public void ReadUsers_WithUsersFile_GivesProfiles()
    {
        var user = Assert.Single(DatasetFolder.Open(DatasetFiles.Write(_folder)).ReadUsers());

        Assert.Equal("u1", user.Key);
        Assert.Equal("18-25", user.Value.Features["age_band"]);
    }

    [Fact]
    public void ReadEvents_OffsetAndContext_AreRead()
    {
        BehaviourEvent[] events = [.. DatasetFolder.Open(DatasetFiles.Write(_folder)).ReadEvents()];

        Assert.Equal("ios", events[0].Context["device"]);
        Assert.Null(events[0].RankingId);
        Assert.Equal("r1", events[1].RankingId);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, 500, TimeSpan.Zero), events[1].Timestamp);
        Assert.Empty(events[1].Context);
    }

    [Theory]
    [InlineData("e1,u1,a,click,2026-01-01T00:00:00Z,,ios\ne2,u1,a,click,yesterday,,", "events.csv line 3, column timestamp: must be RFC 3339")]
    [InlineData("e1,u1,a,click,2026-01-01T00:00:00,,", "events.csv line 2, column timestamp: must be RFC 3339")]
    [InlineData("e1,u1,a,view,2026-01-01T00:00:00Z,,", "events.csv line 2, column type: must be one of click, impression")]
    [InlineData(",u1,a,click,2026-01-01T00:00:00Z,,", "events.csv line 2, column event_id: must be 1 to 200 characters")]
    [InlineData("e1,\u00a0,a,click,2026-01-01T00:00:00Z,,", "events.csv line 2, column user_id: must not be only white space")]
    [InlineData("e1,..,a,click,2026-01-01T00:00:00Z,,", "events.csv line 2, column user_id: must not be \".\" or \"..\"")]
    [InlineData("e1,u1,a\tb,click,2026-01-01T00:00:00Z,,", "events.csv line 2, column item_id: must not hold control characters")]
    [InlineData("e1,u1,a,click,2026-01-01T00:00:00Z,\"r\n1\",", "events.csv line 3, column ranking_id: must not hold control characters")]
    [InlineData("e1,u1,,click,2026-01-01T00:00:00Z,,", "events.csv line 2, column item_id: must be 1 to 200 characters")]
    [InlineData("e1,u1,a,click,2026-01-01T00:00:00Z,,\ne1,u1,b,click,2026-01-01T00:00:00Z,,", "events.csv line 3, column event_id: must be unique within the user")]
    [InlineData("e1,u1,a,click,2026-01-01T00:00:00Z,", "events.csv line 2: must have 7 fields like the header, but has 6")]
    [InlineData("e1,u1,a,click,2026-01-01T00:00:00Z,,x\"y", "events.csv line 2: quotes must enclose a whole field and be doubled inside it")]
    public void ReadEvents_BadRow_NamesFileLineColumnAndRule(string rows, string message)
    {
        DatasetFolder dataset = DatasetFolder.Open(DatasetFiles.Write(_folder, events: EventHeader + rows + "\n"));

        var error = Assert.Throws<DatasetException>(() => dataset.ReadEvents().Count());
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void ReadEvents_OverlongUserId_IsRefused()
    {
        DatasetFolder dataset = DatasetFolder.Open(DatasetFiles.Write(
            _folder, events: EventHeader + $"e1,{new string('u', 201)},a,click,2026-01-01T00:00:00Z,,\n"));

        var error = Assert.Throws<DatasetException>(() => dataset.ReadEvents().Count());
        Assert.Equal("events.csv line 2, column user_id: must be 1 to 200 characters", error.Message);
    }

    [Fact]
    public void ReadEvents_SameEventIdOfTwoUsers_IsAllowed() =>
        Assert.Equal(2, DatasetFolder.Open(DatasetFiles.Write(
            _folder, events: EventHeader + "e1,u1,a,click,2026-01-01T00:00:00Z,,\ne1,u2,a,click,2026-01-01T00:00:00Z,,\n")).ReadEvents().Count());

    [Theory]
    [InlineData("item_id,category,price\na,c1,1\na,c2,2\n", "items.csv line 3, column item_id: must be unique in the file")]
    [InlineData("item_id,category,price\na,c1,cheap\n", "items.csv line 2, column price: must be a finite number from -3.4e38 to 3.4e38")]
    [InlineData("item_id,category,price\na,c1,NaN\n", "items.csv line 2, column price: must be a finite number from -3.4e38 to 3.4e38")]
    [InlineData("item_id,category\na,c1\n", "items.csv line 1, column price: must be there")]
    [InlineData("category,price\nc1,1\n", "items.csv line 1, column item_id: must be there")]
    [InlineData("item_id,category,price,colour\na,c1,1,red\n", "items.csv line 1, column colour: is unknown to the schema")]
    [InlineData("item_id,category,price,category\na,c1,1,c2\n", "items.csv line 1, column category: must be named once")]
    [InlineData("", "items.csv line 1: must be a header row, but the file is empty")]
    public void ReadItems_BadFile_NamesFileLineColumnAndRule(string items, string message)
    {
        DatasetFolder dataset = DatasetFolder.Open(DatasetFiles.Write(_folder, items: items));

        var error = Assert.Throws<DatasetException>(() => dataset.ReadItems().Count());
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void ReadUsers_DuplicateUser_IsRefused()
    {
        DatasetFolder dataset = DatasetFolder.Open(DatasetFiles.Write(_folder, users: "user_id,age_band\nu1,a\nu1,b\n"));

        var error = Assert.Throws<DatasetException>(() => dataset.ReadUsers().Count());
        Assert.Equal("users.csv line 3, column user_id: must be unique in the file", error.Message);
    }

    [Theory]
    [InlineData("schema.json")]
    [InlineData("items.csv")]
    [InlineData("events.csv")]
    public void Open_MissingFile_NamesIt(string file)
    {
        string path = DatasetFiles.Write(_folder);
        File.Delete(Path.Combine(path, file));

        Assert.Contains(file, Assert.Throws<DatasetException>(() => DatasetFolder.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_UserFeatureNamedUserId_IsRefused()
    {
        string path = DatasetFiles.Write(_folder);
        File.WriteAllText(Path.Combine(path, "schema.json"), (DatasetFiles.Schema with { UserFeatures = [new("user_id", 4)] }).ToJson());

        Assert.Contains("reserved users.csv column", Assert.Throws<DatasetException>(() => DatasetFolder.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_BadSchema_NamesTheRule()
    {
        string path = DatasetFiles.Write(_folder);
        File.WriteAllText(Path.Combine(path, "schema.json"), (DatasetFiles.Schema with { Tasks = [] }).ToJson());

        Assert.Equal("schema.json: tasks must name at least one task", Assert.Throws<DatasetException>(() => DatasetFolder.Open(path)).Message);
    }
}
