using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;

namespace DinOrleans.Training.Tests.Log;

public sealed class TrainingLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Build_Events_AreByUserThenTimeThenInputOrder()
    {
        TrainingLog log = LogOf.Events(
            LogOf.Schema(), [], "u1 c click 5", "u2 x click 1", "u1 a click 1", "u1 d click 5", "u1 b click 3", "u1 e click 5");

        Assert.Equal(["u1", "u2"], log.UserIds);
        Assert.Equal([0, 5, 6], log.Events.UserStart);
        Assert.Equal(["a", "b", "c", "d", "e", "x"], log.Events.Item.Select(i => log.ItemIds[i]));
        Assert.Equal(
            [1, 3, 5, 5, 5, 1], log.Events.Timestamp.Select(t => (DateTimeOffset.FromUnixTimeMilliseconds(t) - LogOf.Start).TotalMinutes));
        Assert.Equal((LogOf.Start.AddMinutes(1), LogOf.Start.AddMinutes(5)), log.Window);
    }

    [Fact]
    public async Task LoadAsync_Dataset_HasFeaturesInSchemaOrderAndContextsByEvent()
    {
        TrainingLog log = await TrainingLog.LoadAsync(
            DatasetFolder.Open(DatasetFiles.Write(
                _folder,
                users: "user_id,age_band\nu9,60+\n",
                events: "event_id,user_id,item_id,type,timestamp,device\n"
                    + "e2,u1,z,click,2026-01-02T00:00:00Z,web\ne1,u1,a,click,2026-01-01T00:00:00Z,ios\n")),
            TestContext.Current.CancellationToken);

        Assert.Equal(["a", "b", "z"], log.ItemIds);
        Assert.Equal([0, 1, 2], log.Items.Categorical[0].Codes);
        Assert.Equal(["c1", "c2", null], log.Items.Categorical[1].Codes.Select(c => c < 0 ? null : log.Items.Categorical[1].Values[c]));
        Assert.Equal([1.5f, float.NaN, float.NaN], log.Items.Numeric[0]);
        Assert.Equal(["u9", "u1"], log.UserIds);
        Assert.Equal([0, -1], log.Users.Categorical[0].Codes);
        Assert.Equal(["ios", "web"], log.Contexts.Categorical[0].Codes.Select(c => log.Contexts.Categorical[0].Values[c]));
        Assert.Equal(1, log.FindItem("b"));
        Assert.Equal(-1, log.FindUser("nobody"));
    }

    [Fact]
    public async Task LoadAsync_StoreStreams_ReplaceItemsAndSkipUnknownTypes()
    {
        Item[] items = [new("a", new Dictionary<string, string> { ["category"] = "old" }), new("a", new Dictionary<string, string> { ["category"] = "new" })];
        BehaviourEvent click = new() { EventId = "1", UserId = "u", ItemId = "a", Type = "click", Timestamp = LogOf.Start };
        TrainingLog log = await TrainingLog.LoadAsync(
            DatasetFiles.Schema,
            items.ToAsyncEnumerable(),
            AsyncEnumerable.Empty<KeyValuePair<string, UserProfile>>(),
            new[] { click, click with { EventId = "2", Type = "wave" } }.ToAsyncEnumerable(),
            TestContext.Current.CancellationToken);

        StringColumn category = log.Items.Categorical[1];
        Assert.Equal("new", category.Values[Assert.Single(category.Codes)]);
        Assert.Equal(1, log.Events.Count);
        Assert.Equal(1, log.SkippedEvents);
    }

    [Fact]
    public void Build_StoredNumbersThatBreakTheRule_CountAsMissingAndAreNamedOnce()
    {
        string[] prices = ["1e39", "7", "1.7976931348623157e308", "cheap", "NaN"];
        TrainingLog log = LogOf.Data(
            DatasetFiles.Schema,
            prices.Select((price, i) => new Item($"i{i}", new Dictionary<string, string> { ["price"] = price })),
            [],
            []);

        Assert.Equal([float.NaN, 7, float.NaN, float.NaN, float.NaN], Assert.Single(log.Items.Numeric));
        Assert.Equal(
            "Item feature price: 4 stored values count as missing, for example \"1e39\": it must be a finite number from -3.4e38 to 3.4e38",
            Assert.Single(log.Unreadable).ToString());
    }

    [Fact]
    public void Digest_SameStream_IsEqualAndChangesWithAnyEvent()
    {
        string digest = LogOf.Events(LogOf.Schema(), [], "u a click 1", "u b click 2").Digest;

        Assert.Equal(digest, LogOf.Events(LogOf.Schema(), [], "u a click 1", "u b click 2").Digest);
        Assert.NotEqual(digest, LogOf.Events(LogOf.Schema(), [], "u a click 1", "u b click 3").Digest);
        Assert.NotEqual(digest, LogOf.Events(LogOf.Schema(), [], "u a click 1", "u c click 2").Digest);
    }
}
