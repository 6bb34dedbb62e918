using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.Gateway.Traffic;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Gateway.Tests.Traffic;

public sealed class TrafficMeterTests
{
    private readonly FakeTimeProvider _time = new(ShopScript.Noon);

    [Fact]
    public void Report_OfSecondsThatAreOver_HasEachInItsPlace()
    {
        var meter = new TrafficMeter(_time);
        meter.Ranked(TimeSpan.FromMilliseconds(2));
        meter.Ranked(TimeSpan.FromMilliseconds(2));
        _time.Advance(TimeSpan.FromSeconds(1));
        meter.Appended(5);
        meter.Failed(503);
        meter.Failed(429);
        meter.Failed(400);
        Assert.Equal(2, meter.Report().Rankings[^1]);
        Assert.Equal(0, meter.Report().Events[^1]);
        _time.Advance(TimeSpan.FromSeconds(1));
        TrafficReport report = meter.Report();
        Assert.Equal((2, 0), (report.Rankings[^2], report.Rankings[^1]));
        Assert.Equal((5, 1, 1), (report.Events[^1], report.Failed[^1], report.Refused[^1]));
        Assert.Equal((0.2, 0.5), (report.RankingsPerSecond, report.EventsPerSecond));
    }

    [Fact]
    public void Report_AfterTheLastOfTheSeconds_HasForgottenTheFirst()
    {
        var meter = new TrafficMeter(_time);
        meter.Ranked(TimeSpan.FromMilliseconds(2));
        _time.Advance(TimeSpan.FromSeconds(TrafficMeter.Seconds));
        Assert.Equal(1, meter.Report().Rankings[0]);
        Assert.Null(meter.Report().P50);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, meter.Report().Rankings.Sum());
    }

    [Fact]
    public void Report_OfManyTimes_HasPercentilesWithinTheirBuckets()
    {
        var meter = new TrafficMeter(_time);
        for (int i = 1; i <= 1000; i++)
        {
            meter.Ranked(TimeSpan.FromMilliseconds(i));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        TrafficReport report = meter.Report();
        Assert.InRange(report.P50!.Value, 475, 525);
        Assert.InRange(report.P99!.Value, 940, 1040);
    }

    [Fact]
    public void Ranked_TimesBeyondTheBuckets_AreCountedAtTheEnds()
    {
        var meter = new TrafficMeter(_time);
        meter.Ranked(TimeSpan.Zero);
        meter.Ranked(TimeSpan.FromDays(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, meter.Report().Rankings[^1]);
    }
}
