using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Popularity;
using DinOrleans.Grains.Shop;
using DinOrleans.Storage;
using DinOrleans.Storage.Behaviours;
using DinOrleans.TestShop;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Grains.Tests.Popularity;

public sealed class PopularityIndexTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IsDue_AfterACountThatTookLong_IsTrueOnlyAfterTwentyTimesAsLong()
    {
        var log = new SlowLog(_time, TimeSpan.FromSeconds(10));
        var index = new PopularityIndex(log, new ShopSchema(SmallShop.Schema), _time);
        Assert.True(index.IsDue);
        await index.RefreshAsync(Cancellation);
        Assert.False(index.IsDue);
        _time.Advance(TimeSpan.FromSeconds(199));
        Assert.False(index.IsDue);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(index.IsDue);
        Assert.Equal((1f, 0f), (index.Score("i1"), index.Score("i2")));
    }

    private sealed class SlowLog(FakeTimeProvider time, TimeSpan takes) : IBehaviourLog
    {
        public Task<IReadOnlyDictionary<string, long>> CountByItemAsync(IReadOnlyList<string> types, CancellationToken cancellationToken)
        {
            time.Advance(takes);
            return Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long> { ["i1"] = 3 });
        }

        public Task<long> CountSinceAsync(IReadOnlyList<string> types, DateTimeOffset after, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<BehaviourEvent>> ReadRecentAsync(string userId, IReadOnlyList<string>? types, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Placed<BehaviourEvent>>> ReadAfterAsync(string userId, LogPlace after, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<BehaviourEvent> ReadAllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task EraseUserAsync(string userId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
