using DinOrleans.Grains.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Grains.Tests.Hosting;

public sealed class SteadyClockTests
{
    [Fact]
    public void GetUtcNow_ClockSetBack_GoesOnAsBefore()
    {
        var start = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        var time = new FakeTimeProvider(start);
        var machine = new SetClock(time);
        var clock = new SteadyClock(machine);
        Assert.Equal(start, clock.GetUtcNow());

        time.Advance(TimeSpan.FromMinutes(1));
        machine.Offset = TimeSpan.FromDays(-1);
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(start.AddMinutes(2), clock.GetUtcNow());
    }

    private sealed class SetClock(TimeProvider time) : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Offset;

        public override long GetTimestamp() => time.GetTimestamp();
    }
}
