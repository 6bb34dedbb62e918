using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Gateway.Tests.Auth;

public sealed class TokenBucketsTests
{
    private readonly FakeTimeProvider _time = new(ShopScript.Noon);

    [Fact]
    public void TryTake_FromAFullBucket_TakesItsCapacityAndThenOnePerInterval()
    {
        var bucket = new TokenBucket(4, 3, _time);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => bucket.TryTake(out TimeSpan _)));
        Assert.False(bucket.TryTake(out TimeSpan wait));
        Assert.Equal(TimeSpan.FromMilliseconds(250), wait);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal([true, false], [bucket.TryTake(out TimeSpan _), bucket.TryTake(out TimeSpan _)]);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => bucket.TryTake(out TimeSpan _)));
    }

    [Fact]
    public void Of_WithoutALimit_IsNone() => Assert.Null(Make(null).Of("a"));

    [Fact]
    public void Of_TheSameCaller_IsTheSameBucket()
    {
        TokenBuckets buckets = Make(1);
        Assert.Same(buckets.Of("a"), buckets.Of("a"));
        Assert.NotSame(buckets.Of("a"), buckets.Of("b"));
    }

    [Fact]
    public void Of_ManyCallersThatCameOnce_HoldsThoseThatAreNotFullAgain()
    {
        TokenBuckets buckets = Make(1);
        TokenBucket? busy = buckets.Of("busy");
        for (int i = 0; i < 100_000; i++)
        {
            Assert.True(busy!.TryTake(out _));
            Assert.True(buckets.Of($"user {i}")!.TryTake(out _));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(buckets.Count, 1, 2_000);
        Assert.Same(busy, buckets.Of("busy"));
    }

    private TokenBuckets Make(double? perSecond) => new(Options.Create(new AuthOptions { RequestsPerSecond = perSecond, Burst = 100 }), _time);
}
