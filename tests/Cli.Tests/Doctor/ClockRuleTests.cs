using DinOrleans.Cli.Doctor;

namespace DinOrleans.Cli.Tests.Doctor;

public sealed class ClockRuleTests
{
    private static readonly DateTimeOffset Asked = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An answer that took 20 s tells nothing of a clock that shows any time of them.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(20, 0)]
    [InlineData(27, 7)]
    [InlineData(-9, -9)]
    public void Ahead_OfAClock_IsWhatTheWaitDoesNotExplain(int shown, int ahead)
    {
        DateTimeOffset clock = Asked.AddSeconds(shown);
        Assert.Equal(TimeSpan.FromSeconds(ahead), ClockRule.Ahead(clock, clock, Asked, Asked.AddSeconds(20)));
    }

    [Fact]
    public void Ahead_OfAClockThatTellsWholeSeconds_LeavesOneOpen()
    {
        DateTimeOffset clock = Asked.AddSeconds(-9);
        Assert.Equal(TimeSpan.FromSeconds(-8), ClockRule.Ahead(clock, clock.AddSeconds(1), Asked, Asked));
    }
}
