using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;

namespace DinOrleans.Storage.Tests.Behaviours;

/// <summary>What every behaviour log promises.</summary>
public abstract class BehaviourLogTests : StoreTests
{
    private IBehaviourLog Log => Store<IBehaviourLog>();

    [Fact]
    public async Task AppendAsync_SameEventTwice_CountsADuplicateAndChangesNothing()
    {
        Assert.Equal(new AppendResult(1, 0), await Log.AppendAsync([Click("u", "e", 1)], Cancellation));
        Assert.Equal(new AppendResult(0, 1), await Log.AppendAsync([Click("u", "e", 2)], Cancellation));
        Assert.Equal([1], await Seconds("u"));
    }

    [Fact]
    public async Task AppendAsync_SameEventTwiceInOneCall_IsAppliedOnce() =>
        Assert.Equal(new AppendResult(1, 1), await Log.AppendAsync([Click("u", "e", 1), Click("u", "e", 1)], Cancellation));

    [Fact]
    public async Task AppendAsync_SameEventIdOfAnotherUser_IsAnotherEvent() =>
        Assert.Equal(new AppendResult(2, 0), await Log.AppendAsync([Click("u1", "e", 1), Click("u2", "e", 1)], Cancellation));

    [Fact]
    public async Task AppendAsync_ManyAtOnceWithRepeats_AppliesEachOnce()
    {
        AppendResult[] results = await Task.WhenAll(
            Enumerable.Range(0, 400).Select(i => Log.AppendAsync([Click($"u{i % 7}", $"e{i % 100}", i % 100)], Cancellation)));
        int distinct = Enumerable.Range(0, 400).Select(i => (i % 7, i % 100)).Distinct().Count();
        Assert.Equal(new AppendResult(distinct, 400 - distinct), results.Aggregate((a, b) => a + b));
        Assert.Equal(distinct, await Log.ReadAllAsync(Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task ReadRecentAsync_LateArrivals_LandInTheirPlaceAndTiesKeepTheOrderOfArrival()
    {
        await Log.AppendAsync([Click("u", "e3", 3), Click("u", "e1", 1)], Cancellation);
        await Log.AppendAsync([Click("u", "e2", 2), Click("u", "e1b", 1)], Cancellation);
        Assert.Equal(["e1", "e1b", "e2", "e3"], (await Log.ReadRecentAsync("u", null, 10, Cancellation)).Select(e => e.EventId));
        Assert.Equal(["e2", "e3"], (await Log.ReadRecentAsync("u", null, 2, Cancellation)).Select(e => e.EventId));
    }

    [Fact]
    public async Task ReadRecentAsync_WithTypes_LeavesOutTheOthers()
    {
        await Log.AppendAsync([Click("u", "e1", 1), Click("u", "e2", 2) with { Type = "impression" }, Click("u", "e3", 3) with { Type = "buy" }], Cancellation);
        Assert.Equal(["e1", "e3"], (await Log.ReadRecentAsync("u", ["click", "buy"], 10, Cancellation)).Select(e => e.EventId));
    }

    [Fact]
    public async Task ReadRecentAsync_OfAnyEvent_GivesBackWhatWasSent()
    {
        BehaviourEvent sent = Click("ü💥'\"", "e\u2028", 1) with
        {
            ItemId = "日本語",
            RankingId = "r1",
            Timestamp = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(7),
            Context = new Dictionary<string, string> { ["device"] = "ios" },
        };
        await Log.AppendAsync([sent], Cancellation);
        BehaviourEvent read = Assert.Single(await Log.ReadRecentAsync(sent.UserId, null, 10, Cancellation));
        Assert.Equal(sent with { Context = read.Context }, read);
        Assert.Equal(sent.Context, read.Context);
    }

    [Fact]
    public async Task AppendAsync_AfterARestart_IsThereAndStillKnowsItsIds()
    {
        await Log.AppendAsync([Click("u", "e1", 1)], Cancellation);
        await RestartAsync();
        Assert.Equal(new AppendResult(1, 1), await Log.AppendAsync([Click("u", "e1", 1), Click("u", "e2", 1)], Cancellation));
        Assert.Equal(["e1", "e2"], (await Log.ReadRecentAsync("u", null, 10, Cancellation)).Select(e => e.EventId));
    }

    [Fact]
    public async Task EraseUserAsync_ThenALateRetry_DoesNotBringTheUserBackAndSaysSo()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow.AddMinutes(-1);
        BehaviourEvent old = Click("u", "e1", 0) with { Timestamp = before };
        await Log.AppendAsync([old, Click("other", "e1", 1)], Cancellation);
        await Log.EraseUserAsync("u", Cancellation);
        await Log.EraseUserAsync("u", Cancellation);
        Assert.Equal(new AppendResult(0, 0, 1), await Log.AppendAsync([old], Cancellation));
        await RestartAsync();
        Assert.Equal(new AppendResult(0, 0, 1), await Log.AppendAsync([old with { EventId = "e2" }], Cancellation));
        Assert.Equal(["other"], await Log.ReadAllAsync(Cancellation).Select(e => e.UserId).ToListAsync(Cancellation));
        BehaviourEvent later = Click("u", "e3", 0) with { Timestamp = DateTimeOffset.UtcNow.AddMinutes(6) };
        Assert.Equal(new AppendResult(1, 1, 1), await Log.AppendAsync([later, later, old], Cancellation));
    }

    [Fact]
    public async Task EraseUserAsync_EventAheadOfTheClock_StaysErasedWhenItIsSentAgain()
    {
        BehaviourEvent ahead = Click("u", "e1", 0) with { Timestamp = DateTimeOffset.UtcNow.AddMinutes(4) };
        await Log.AppendAsync([ahead], Cancellation);
        await Log.EraseUserAsync("u", Cancellation);
        Assert.Equal(new AppendResult(0, 0, 1), await Log.AppendAsync([ahead], Cancellation));
        Assert.Empty(await Log.ReadRecentAsync("u", null, 10, Cancellation));
    }

    [Fact]
    public async Task EraseUserAsync_EventOfAProcessWhoseClockIsAhead_StaysErasedWhenItIsSentAgain()
    {
        // Accepted by a process whose clock is an hour ahead of the one that erases.
        BehaviourEvent ahead = Click("u", "e1", 0) with { Timestamp = DateTimeOffset.UtcNow.AddHours(1) };
        await Log.AppendAsync([ahead], Cancellation);
        await Log.EraseUserAsync("u", Cancellation);
        Assert.Equal(new AppendResult(0, 0, 1), await Log.AppendAsync([ahead], Cancellation));

        // A later erasure, by a clock that is right, does not shorten the tombstone.
        await Log.EraseUserAsync("u", Cancellation);
        Assert.Equal(new AppendResult(0, 0, 1), await Log.AppendAsync([ahead], Cancellation));
    }

    [Fact]
    public async Task CountByItemAsync_AfterAppendsDuplicatesAndErasure_CountsWhatIsThere()
    {
        await Log.AppendAsync([Click("u", "e1", 1) with { ItemId = "a" }, Click("u", "e2", 2) with { ItemId = "a" }, Click("v", "e1", 1) with { ItemId = "b" }], Cancellation);
        await Log.AppendAsync([Click("u", "e1", 1) with { ItemId = "a" }, Click("v", "e2", 1) with { ItemId = "a", Type = "buy" }], Cancellation);
        Assert.Equal(new Dictionary<string, long> { ["a"] = 2, ["b"] = 1 }, await Log.CountByItemAsync(["click"], Cancellation));
        Assert.Equal(new Dictionary<string, long> { ["a"] = 3, ["b"] = 1 }, await Log.CountByItemAsync(["click", "buy"], Cancellation));
        Assert.Empty(await Log.CountByItemAsync([], Cancellation));
        await Log.EraseUserAsync("u", Cancellation);
        Assert.Equal(new Dictionary<string, long> { ["a"] = 1, ["b"] = 1 }, await Log.CountByItemAsync(["click", "buy"], Cancellation));
    }

    [Fact]
    public async Task CountSinceAsync_OfSomeTypes_CountsWhatIsAfterTheMoment()
    {
        DateTimeOffset first = Click("u", "e1", 1).Timestamp;
        await Log.AppendAsync([Click("u", "e1", 1), Click("u", "e2", 2), Click("v", "e1", 3), Click("v", "e2", 4) with { Type = "buy" }], Cancellation);
        Assert.Equal(2, await Log.CountSinceAsync(["click"], first, Cancellation));
        Assert.Equal(3, await Log.CountSinceAsync(["click", "buy", "never"], first, Cancellation));
        Assert.Equal(4, await Log.CountSinceAsync(["click", "buy"], DateTimeOffset.MinValue, Cancellation));
        Assert.Equal(0, await Log.CountSinceAsync([], DateTimeOffset.MinValue, Cancellation));
    }

    [Fact]
    public async Task ReadAfterAsync_FromPlaceToPlace_GivesEachOnceOldestFirst()
    {
        await Log.AppendAsync([Click("u", "e3", 3), Click("u", "e1", 1), Click("other", "x", 1), Click("u", "e2", 2), Click("u", "e2b", 2)], Cancellation);
        List<string> read = [];
        LogPlace place = default;
        while (await Log.ReadAfterAsync("u", place, 1, Cancellation) is [Placed<BehaviourEvent> next])
        {
            read.Add(next.Row.EventId);
            place = next.Place;
        }

        Assert.Equal(["e1", "e2", "e2b", "e3"], read);
        Assert.Empty(await Log.ReadAfterAsync("nobody", default, 10, Cancellation));
    }

    [Fact]
    public async Task ReadAllAsync_LeftEarly_LeavesTheLogUsable()
    {
        await Log.AppendAsync([.. Enumerable.Range(0, 3000).Select(i => Click($"u{i % 3}", $"e{i}", i))], Cancellation);
        await foreach (BehaviourEvent first in Log.ReadAllAsync(Cancellation))
        {
            Assert.Equal("e0", first.EventId);
            break;
        }

        Assert.Equal(3000, await Log.ReadAllAsync(Cancellation).CountAsync(Cancellation));
    }

    private static BehaviourEvent Click(string user, string id, int second) => new()
    {
        EventId = id,
        UserId = user,
        ItemId = "i",
        Type = "click",
        Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(second),
    };

    private async Task<IEnumerable<int>> Seconds(string user) =>
        (await Log.ReadRecentAsync(user, null, 100, Cancellation)).Select(e => (int)e.Timestamp.ToUnixTimeSeconds());
}
