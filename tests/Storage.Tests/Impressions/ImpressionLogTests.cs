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
    public async Task AppendAsync_RankingOfAnExperiment_KeepsArmPolicyAndCandidates()
    {
        LoggedRanking logged = Ranking("r1", "u", 0) with
        {
            Experiment = "split",
            Arm = "a",
            Temperature = 0.25,
            Propensities = new[] { 0.5f, 1f / 3 },
            CandidateCount = 3,
            Unshown = [new("rest", 0.125f)],
        };
        await Log.AppendAsync([logged, Ranking("r2", "u", 1)], Cancellation);
        LoggedRanking[] read = [.. await OfAsync("u")];
        Assert.Equal(("split", "a", 0.25, 3), (read[0].Experiment, read[0].Arm, read[0].Temperature, read[0].CandidateCount));
        Assert.Equal(logged.Propensities.ToArray(), read[0].Propensities.ToArray());
        Assert.Equal(logged.Unshown, read[0].Unshown);
        Assert.Equal((null, null, null, null, null), (read[1].Experiment, read[1].Arm, read[1].Temperature, read[1].CandidateCount, read[1].Unshown));
        Assert.True(read[1].Propensities.IsEmpty);
    }

    [Fact]
    public async Task ReadRecentAsync_MoreThanTheLimit_GivesTheLatestNewestFirst()
    {
        await Log.AppendAsync([Ranking("r1", "u", 1), Ranking("r3", "u", 3), Ranking("other", "v", 4), Ranking("r2", "u", 2)], Cancellation);
        Assert.Equal(["r3", "r2"], (await Log.ReadRecentAsync("u", 2, Cancellation)).Select(r => r.RankingId));
        Assert.Empty(await Log.ReadRecentAsync("nobody", 2, Cancellation));
    }

    [Fact]
    public async Task FindAsync_ByTheId_FindsTheUsersOwn()
    {
        await Log.AppendAsync([Ranking("r1", "u", 0), Ranking("r2", "u", 1), Ranking("r3", "v", 2)], Cancellation);
        Assert.Equal(Start.AddSeconds(1), (await Log.FindAsync("u", "r2", Start, Cancellation))?.Timestamp);
        Assert.Null(await Log.FindAsync("u", "r2", Start.AddSeconds(2), Cancellation));
        Assert.Null(await Log.FindAsync("u", "r3", Start, Cancellation));
        Assert.Null(await Log.FindAsync("nobody", "r1", Start, Cancellation));
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
