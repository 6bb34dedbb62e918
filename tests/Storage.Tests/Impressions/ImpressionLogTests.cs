using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Impressions;

namespace DinOrleans.Storage.Tests.Impressions;

/// <summary>What every impression log promises.</summary>
public abstract class ImpressionLogTests : StoreTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private IImpressionLog Log => Store<IImpressionLog>();

    [Fact]
    public async Task AppendAsync_AnyRanking_GivesBackWhatWasLoggedAfterARestart()
    {
        LoggedRanking logged = Ranking("r1", "ü💥'\"", 0) with { Context = new Dictionary<string, string> { ["device"] = "ios" } };
        await Log.AppendAsync([logged], Cancellation);
        await RestartAsync();
        LoggedRanking read = Assert.Single(await OfAsync(logged.UserId));
        Assert.Equal(logged with { Items = read.Items, Context = read.Context }, read);
        Assert.Equal(logged.Items, read.Items);
        Assert.Equal(logged.Context, read.Context);
    }

    [Fact]
    public async Task AppendAsync_RankingByPopularity_HasNoVersion()
    {
        await Log.AppendAsync([Ranking("r1", "u", 0) with { ModelVersion = null, Items = [] }], Cancellation);
        LoggedRanking read = Assert.Single(await OfAsync("u"));
        Assert.Null(read.ModelVersion);
        Assert.Empty(read.Items);
        Assert.Empty(read.Context);
    }

    [Fact]
    public async Task ReadAfterAsync_FromPlaceToPlace_GivesEachOnceOldestFirst()
    {
        await Log.AppendAsync([Ranking("r3", "u", 3), Ranking("r1", "u", 1), Ranking("r2", "u", 2), Ranking("r2b", "u", 2), Ranking("other", "v", 4)], Cancellation);
        List<string> read = [];
        LogPlace place = default;
        while (await Log.ReadAfterAsync("u", place, 1, Cancellation) is [Placed<LoggedRanking> next])
        {
            read.Add(next.Row.RankingId);
            place = next.Place;
        }

        Assert.Equal(["r1", "r2", "r2b", "r3"], read);
    }

    [Fact]
    public async Task ReadAllAsync_BeforeAMoment_LeavesOutWhatIsNotBeforeIt()
    {
        await Log.AppendAsync([Ranking("a2", "a", 2), Ranking("b1", "b", 1), Ranking("a1", "a", 1), Ranking("a3", "a", 3)], Cancellation);
        Assert.Equal(["a1", "a2", "b1"], await Log.ReadAllAsync(Start.AddSeconds(3), Cancellation).Select(r => r.RankingId).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task EraseUserAsync_AfterTheTombstone_KeepsOutRankingsThatStillWaited()
    {
        await Log.AppendAsync([Ranking("r1", "u", 0), Ranking("r2", "v", 0)], Cancellation);
        await Store<IBehaviourLog>().EraseUserAsync("u", Cancellation);
        await Log.EraseUserAsync("u", Cancellation);
        await Log.EraseUserAsync("u", Cancellation);
        await Log.AppendAsync([Ranking("r3", "u", 1), Ranking("r4", "v", 1)], Cancellation);
        Assert.Empty(await OfAsync("u"));
        Assert.Equal(["r2", "r4"], await Log.ReadAllAsync(DateTimeOffset.MaxValue, Cancellation).Select(r => r.RankingId).ToListAsync(Cancellation));
        await Log.AppendAsync([Ranking("r5", "u", 0) with { Timestamp = DateTimeOffset.UtcNow.AddMinutes(6) }], Cancellation);
        Assert.Equal("r5", Assert.Single(await OfAsync("u")).RankingId);
    }

    private async Task<IEnumerable<LoggedRanking>> OfAsync(string user) => (await Log.ReadAfterAsync(user, default, 100, Cancellation)).Select(r => r.Row);

    private static LoggedRanking Ranking(string id, string user, int second) => new()
    {
        RankingId = id,
        UserId = user,
        ModelVersion = "v1",
        Timestamp = Start.AddSeconds(second),
        Items = [new("日本", 0.75f), new("i2", float.Epsilon), new("i3", 0)],
    };
}
