using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;

namespace DinOrleans.Storage.Tests.Erasures;

/// <summary>What every store of tombstones promises.</summary>
public abstract class ErasureStoreTests : StoreTests
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private IErasureStore Erasures => Store<IErasureStore>();

    [Fact]
    public async Task ApplyAsync_ErasureLaterThanTheDatabase_RemovesAllOfTheUserAndKeepsOthers()
    {
        await FillAsync("erased", Moment);
        await FillAsync("kept", Moment);

        Assert.Equal(1, await Erasures.ApplyAsync([new("erased", Moment.AddDays(1))], Cancellation));
        Assert.Equal(0, await Erasures.ApplyAsync([new("erased", Moment.AddDays(1))], Cancellation));
        await RestartAsync();

        Assert.Equal(["kept", "kept", "kept"], await HeldAsync());
        Assert.Equal([new Erasure("erased", Moment.AddDays(1))], await Erasures.ReadAllAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task ApplyAsync_ThenAnEventFromBefore_IsNotAccepted()
    {
        await Erasures.ApplyAsync([new("erased", Moment.AddTicks(7))], Cancellation);
        Assert.Equal(new AppendResult(0, 0, 1), await Store<IBehaviourLog>().AppendAsync([Event("erased", Moment.AddTicks(7))], Cancellation));
        Assert.Equal(new AppendResult(1, 0, 0), await Store<IBehaviourLog>().AppendAsync([Event("erased", Moment.AddTicks(10))], Cancellation));
    }

    /// <summary>The writer of the events remembers the user, and must learn of the tombstone.</summary>
    [Fact]
    public async Task ApplyAsync_UserWhoWasJustWritten_ThenNeitherAnEventNorARankingFromBeforeIsAccepted()
    {
        await FillAsync("erased", Moment);
        Assert.Equal(1, await Erasures.ApplyAsync([new("erased", Moment.AddDays(1))], Cancellation));
        Assert.Equal(new AppendResult(0, 0, 1), await Store<IBehaviourLog>().AppendAsync([Event("erased", Moment.AddHours(1))], Cancellation));
        await Store<IImpressionLog>().AppendAsync([Ranking("erased", Moment.AddHours(1))], Cancellation);
        Assert.Empty(await HeldAsync());
    }

    [Fact]
    public async Task ApplyAsync_UserWhoWasErasedAndCameBack_IsLeftAlone()
    {
        await Store<IBehaviourLog>().EraseUserAsync("back", Cancellation);
        Erasure applied = Assert.Single(await Erasures.ReadAllAsync(Cancellation).ToListAsync(Cancellation));
        await FillAsync("back", applied.Until.AddMinutes(1));

        Assert.Equal(0, await Erasures.ApplyAsync([applied, applied with { Until = applied.Until.AddDays(-1) }], Cancellation));
        Assert.Equal(["back", "back", "back"], await HeldAsync());
    }

    [Fact]
    public async Task ApplyAsync_ErasureThatOnlyTheJournalHas_KeepsWhatCameAfterIt()
    {
        await FillAsync("late", Moment);
        await Store<IBehaviourLog>().AppendAsync([Event("late", Moment.AddDays(2))], Cancellation);
        Assert.Equal(1, await Erasures.ApplyAsync([new("late", Moment.AddDays(1))], Cancellation));
        Assert.Equal([Moment.AddDays(2)], (await Store<IBehaviourLog>().ReadRecentAsync("late", null, 10, Cancellation)).Select(e => e.Timestamp));
    }

    [Fact]
    public async Task ApplyAsync_SeveralErasuresOfOneUser_TheLatestCounts()
    {
        await FillAsync("erased", Moment);
        Assert.InRange(await Erasures.ApplyAsync([new("erased", Moment.AddDays(-1)), new("erased", Moment.AddDays(3)), new("erased", Moment.AddDays(2))], Cancellation), 1, 2);
        Assert.Equal([new Erasure("erased", Moment.AddDays(3))], await Erasures.ReadAllAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Empty(await HeldAsync());
    }

    private static BehaviourEvent Event(string user, DateTimeOffset time) =>
        new() { EventId = $"e{time.UtcTicks}", UserId = user, ItemId = "i1", Type = "click", Timestamp = time };

    private static LoggedRanking Ranking(string user, DateTimeOffset time) =>
        new() { RankingId = user, UserId = user, Timestamp = time, Items = [new Impression("i1", 0.5f)] };

    private async Task FillAsync(string user, DateTimeOffset time)
    {
        await Store<IBehaviourLog>().AppendAsync([Event(user, time)], Cancellation);
        await Store<IProfileStore>().PutAsync([new(user, new UserProfile(EmptyFeatures.Instance))], Cancellation);
        await Store<IImpressionLog>().AppendAsync([Ranking(user, time)], Cancellation);
    }

    /// <summary>The user of each event, profile and logged ranking.</summary>
    private async Task<string[]> HeldAsync() =>
    [
        .. await Store<IBehaviourLog>().ReadAllAsync(Cancellation).Select(e => e.UserId).ToListAsync(Cancellation),
        .. await Store<IProfileStore>().ReadAllAsync(Cancellation).Select(p => p.Key).ToListAsync(Cancellation),
        .. await Store<IImpressionLog>().ReadAllAsync(DateTimeOffset.MaxValue, Cancellation).Select(r => r.UserId).ToListAsync(Cancellation),
    ];
}
