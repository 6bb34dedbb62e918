using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Tests.Schema;

public sealed class BehaviourSequenceTests
{
    /// <summary>Milliseconds: sessions of 1, 3, 2 and 1 behaviours, the pause between the last two a millisecond over the gap.</summary>
    private static readonly long[] Times = [0, 5_000, 5_100, 6_100, 20_000, 21_000, 22_001];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 6)]
    [InlineData(4, 7)]
    [InlineData(9, 7)]
    public void HistoryLength_Sessions_TakesTheMostRecent(int sessions, int length) => Assert.Equal(length, Sequence(50, sessions).HistoryLength(7, Times));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(6, 6)]
    [InlineData(7, 6)]
    public void HistoryLength_LongSessions_StopsAtTheLargestLength(int maxLength, int length) =>
        Assert.Equal(length, Sequence(maxLength, 3).HistoryLength(7, Times));

    [Fact]
    public void HistoryLength_PauseOfExactlyTheGap_IsOneSession() => Assert.Equal(3, Sequence(50, 1).HistoryLength(3, [0, 1_000, 2_000]));

    [Fact]
    public void HistoryLength_NoBehaviours_IsZero() => Assert.Equal(0, Sequence(50, 1).HistoryLength(0, []));

    [Fact]
    public void HistoryLength_WithoutSessions_LooksAtNoTimes() => Assert.Equal(5, new BehaviourSequence(["click"], 5).HistoryLength(7, []));

    private static BehaviourSequence Sequence(int maxLength, int sessions) => new(["click"], maxLength, TimeSpan.FromSeconds(1), sessions);
}
