using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.ItemDays;

namespace DinOrleans.Storage.Tests.ItemDays;

/// <summary>What the counts of events per item and day of every backend promise.</summary>
public abstract class ItemDayTests : StoreTests
{
    private static readonly DateOnly First = new(2026, 1, 1);

    private int _events;

    private IBehaviourLog Log => Store<IBehaviourLog>();

    [Fact]
    public async Task ReadAsync_AppendedEvents_AreCountedByTheirOwnDayAndType()
    {
        await Log.AppendAsync([Event("a", 0), Event("a", 0), Event("b", 0), Event("a", 2, "buy")], Cancellation);
        await Log.AppendAsync([Event("a", 0) with { Timestamp = At(0).AddHours(23.99).ToOffset(TimeSpan.FromHours(9)) }, Event("a", 2)], Cancellation);
        await WriteAsync();
        Assert.Equal(["0 click 3", "2 buy 1", "2 click 1"], await ReadAsync("a"));
        Assert.Equal(["0 click 1"], await ReadAsync("b"));
        Assert.Empty(await ReadAsync("never"));
    }

    [Fact]
    public async Task ReadAsync_EventSentAgain_CountsOnce()
    {
        BehaviourEvent click = Event("a", 0);
        await Log.AppendAsync([click, click], Cancellation);
        await Log.AppendAsync([click], Cancellation);
        await WriteAsync();
        Assert.Equal(["0 click 1"], await ReadAsync("a"));
    }

    [Fact]
    public async Task ReadAsync_SomeDays_LooksBackFromTheLatestThatHasEvents()
    {
        await Log.AppendAsync([Event("a", 0), Event("a", 8), Event("a", 9)], Cancellation);
        await WriteAsync();
        Assert.Equal(["8 click 1", "9 click 1"], await ReadAsync("a", days: 9));
        Assert.Equal(["0 click 1", "8 click 1", "9 click 1"], await ReadAsync("a", days: 10));
    }

    [Fact]
    public async Task WriteAsync_InTurns_AddsUpAndKeepsTheLastYear()
    {
        await Log.AppendAsync([Event("a", 0), Event("a", 1), Event("b", 0)], Cancellation);
        await WriteAsync();
        await Log.AppendAsync([Event("a", 1), Event("a", 0)], Cancellation);
        await WriteAsync();
        Assert.Equal(["0 click 2", "1 click 2"], await ReadAsync("a"));
        await Log.AppendAsync([Event("a", IItemDayStore.KeptDays), Event("a", 0)], Cancellation);
        await WriteAsync();
        Assert.Equal(["1 click 2", $"{IItemDayStore.KeptDays} click 1"], await ReadAsync("a"));
        Assert.Equal(["0 click 1"], await ReadAsync("b"));
    }

    [Fact]
    public async Task ReadAsync_AfterAnErasure_HasTheCountsAndNothingElse()
    {
        await Log.AppendAsync([Event("a", 0)], Cancellation);
        await Log.EraseUserAsync("u", Cancellation);
        await WriteAsync();
        Assert.Equal(["0 click 1"], await ReadAsync("a"));
        Assert.Empty(await Log.ReadAllAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task WriteAsync_ManyAtOnce_LosesNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async turn =>
        {
            await Log.AppendAsync([.. Enumerable.Range(0, 10).Select(i => Event($"i{(turn + i) % 10}", i))], Cancellation);
            await WriteAsync();
        }));
        await WriteAsync();
        long[] counts = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
            (await Store<IItemDayStore>().ReadAsync($"i{i}", IItemDayStore.KeptDays, Cancellation)).Sum(c => c.Count)));
        Assert.All(counts, c => Assert.Equal(20, c));
    }

    private static DateTimeOffset At(int day) => new(First.AddDays(day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private BehaviourEvent Event(string item, int day, string type = "click") =>
        new() { EventId = $"e{Interlocked.Increment(ref _events)}", UserId = "u", ItemId = item, Type = type, Timestamp = At(day) };

    private Task WriteAsync() => Store<ItemDayWriter>().WriteAsync(Cancellation);

    private async Task<string[]> ReadAsync(string item, int days = IItemDayStore.KeptDays) =>
        [.. (await Store<IItemDayStore>().ReadAsync(item, days, Cancellation)).Select(c => $"{c.Day.DayNumber - First.DayNumber} {c.Type} {c.Count}")];
}
