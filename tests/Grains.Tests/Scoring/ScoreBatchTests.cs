using DinOrleans.Grains.Scoring;

namespace DinOrleans.Grains.Tests.Scoring;

public sealed class ScoreBatchTests
{
    [Fact]
    public void Score_RequestsOfDifferentShapesTogether_EqualsEachAlone()
    {
        using var fixture = new BatchFixture();
        ScoreRequest[] requests =
        [
            fixture.Request(history: 10, candidates: 5, seed: 1, explain: true),
            fixture.Request(history: 3, candidates: 9, seed: 2, explain: true),
            fixture.Request(history: 0, candidates: 1, seed: 3, explain: true),
        ];
        var together = new ScoreBatch();
        together.Pack(requests, fixture.Layout);
        fixture.Model.Scorer.Score(together, attention: true);
        for (int i = 0; i < requests.Length; i++)
        {
            var alone = new ScoreBatch();
            alone.Pack([requests[i]], fixture.Layout);
            fixture.Model.Scorer.Score(alone, attention: true);
            ScoreResult expected = alone.Unpack(0, requests[i], attention: true);
            ScoreResult actual = together.Unpack(i, requests[i], attention: true);
            AssertClose(expected.Scores, actual.Scores);
            AssertClose(expected.Attention!, actual.Attention!);
        }
    }

    [Fact]
    public void Score_AfterALargerBatch_IsNotTouchedByWhatItLeftBehind()
    {
        using var fixture = new BatchFixture();
        ScoreRequest small = fixture.Request(history: 2, candidates: 3, seed: 5);
        var fresh = new ScoreBatch();
        fresh.Pack([small], fixture.Layout);
        fixture.Model.Scorer.Score(fresh, attention: false);
        var reused = new ScoreBatch();
        reused.Pack([fixture.Request(10, 20, 6), fixture.Request(10, 20, 7)], fixture.Layout);
        fixture.Model.Scorer.Score(reused, attention: false);
        reused.Pack([small], fixture.Layout);
        fixture.Model.Scorer.Score(reused, attention: false);
        AssertClose(fresh.Unpack(0, small, false).Scores, reused.Unpack(0, small, false).Scores);
    }

    private static void AssertClose(FloatBlock expected, FloatBlock actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected.Span[i], actual.Span[i], 1e-5);
        }
    }
}
