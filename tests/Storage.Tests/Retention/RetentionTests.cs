using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Retention;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Storage.Tests.Retention;

/// <summary>What the retention of every backend promises.</summary>
public abstract class RetentionTests : StoreTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start.AddDays(100));

    private IBehaviourLog Log => Store<IBehaviourLog>();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public async Task PassAsync_EventsPastTheirAge_RemovesThoseAlone(int rows)
    {
        await Log.AppendAsync([Click("u", 9), Click("v", 5), Click("u", 10), Click("u", 50), Click("w", 1), Click("w", 2), Click("w", 3), Click("x", 99)], Cancellation);
        Assert.Equal(5, await PassAsync(new RetentionOptions { MaxEventAge = TimeSpan.FromDays(90), RowsAStep = rows }));
        Assert.Equal(["u10", "u50", "x99"], (await AllAsync()).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public async Task PassAsync_MoreEventsThanAUserMayHave_KeepsTheLatestByTheirOwnTime(int rows)
    {
        await Log.AppendAsync([.. new[] { 7, 3, 5, 1, 9, 8 }.Select(day => Click("u", day)), Click("v", 1), Click("v", 2)], Cancellation);
        Assert.Equal(4, await PassAsync(new RetentionOptions { MaxEventsAUser = 2, RowsAStep = rows }));
        Assert.Equal(["u8", "u9", "v1", "v2"], await AllAsync());
    }

    [Fact]
    public async Task PassAsync_BothLimits_RemovesWhatEitherForbids()
    {
        await Log.AppendAsync([Click("u", 1), Click("u", 20), Click("u", 21), Click("u", 22), Click("v", 1), Click("v", 20)], Cancellation);
        await PassAsync(new RetentionOptions { MaxEventsAUser = 2, MaxEventAge = TimeSpan.FromDays(90) });
        Assert.Equal(["u21", "u22", "v20"], await AllAsync());
    }

    [Fact]
    public async Task PassAsync_ManyUsers_SeesThemAll()
    {
        await Log.AppendAsync([.. Enumerable.Range(0, 2_500).SelectMany(u => new[] { Click($"u{u}-", 1), Click($"u{u}-", 2) })], Cancellation);
        Assert.Equal(2_500, await PassAsync(new RetentionOptions { MaxEventsAUser = 1, RowsAStep = 700 }));
        Assert.All(await AllAsync(), id => Assert.EndsWith("-2", id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PassAsync_RemovedEvents_NoLongerCountForPopularity()
    {
        await Log.AppendAsync([Click("u", 1), Click("u", 2), Click("v", 3)], Cancellation);
        await PassAsync(new RetentionOptions { MaxEventsAUser = 1 });
        Assert.Equal(2, (await Log.CountByItemAsync(["click"], Cancellation))["i"]);
    }

    [Fact]
    public async Task PassAsync_NoLimits_RemovesNothing()
    {
        await Log.AppendAsync([Click("u", 1)], Cancellation);
        await Store<IImpressionLog>().AppendAsync([Ranking(1)], Cancellation);
        Assert.Equal(0, await PassAsync(new RetentionOptions { MaxRankingAge = null }));
        Assert.Single(await AllAsync());
    }

    [Fact]
    public async Task PassAsync_RankingsPastTheirAge_RemovesThoseAlone()
    {
        await Store<IImpressionLog>().AppendAsync([.. Enumerable.Range(60, 20).Select(Ranking)], Cancellation);
        Assert.Equal(10, await PassAsync(new RetentionOptions { RowsAStep = 3 }));
        Assert.Equal(
            Enumerable.Range(70, 10).Select(day => $"r{day}"),
            await Store<IImpressionLog>().ReadAllAsync(DateTimeOffset.MaxValue, Cancellation).Select(r => r.RankingId).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task StartAsync_TimePassing_RemovesEventsAsTheyAge()
    {
        await Log.AppendAsync([Click("u", 5), Click("u", 20), Click("u", 60)], Cancellation);
        using RetentionService service = Service(new RetentionOptions { MaxEventAge = TimeSpan.FromDays(90), Period = TimeSpan.FromHours(1) });
        await service.StartAsync(Cancellation);
        await WaitForAsync(["u20", "u60"]);
        _time.Advance(TimeSpan.FromDays(20));
        await WaitForAsync(["u60"]);
        await service.StopAsync(Cancellation);
    }

    private static BehaviourEvent Click(string user, int day) => new()
    {
        EventId = $"{user}{day}",
        UserId = user,
        ItemId = "i",
        Type = "click",
        Timestamp = Start.AddDays(day),
    };

    private static LoggedRanking Ranking(int day) => new() { RankingId = $"r{day}", UserId = "u", Timestamp = Start.AddDays(day), Items = [] };

    private async Task<IReadOnlyList<string>> AllAsync() => await Log.ReadAllAsync(Cancellation).Select(e => e.EventId).ToListAsync(Cancellation);

    /// <summary>The service works on its own: it is asked after until it is done.</summary>
    private async Task WaitForAsync(string[] left) => await Eventually.BecomesAsync(
        $"{string.Join(", ", left)} are left", AllAsync, ids => ids.SequenceEqual(left), cancellationToken: Cancellation);

    private async Task<long> PassAsync(RetentionOptions options)
    {
        using RetentionService service = Service(options);
        return await service.PassAsync(Cancellation);
    }

    private RetentionService Service(RetentionOptions options) => new(
        Store<IRetentionStore>(), Options.Create(options), Store<StorageInstruments>(), _time, NullLogger<RetentionService>.Instance);
}
