using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Experiments;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class RankingMeasuresTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ExperimentDesk _desk = new(Options.Create(new ExperimentOptions { BaselineShare = 0.5 }), TimeProvider.System);
    private readonly UserArm _arm = new(SimulatedExperiment.Run(SimulatedExperiment.Canary(50)), 0, "new");

    private RankingMeasures Measures => new(_desk);

    [Fact]
    public void Answered_OfProbabilities_CountsShownAndExpectedWithTheLossOfNegatives()
    {
        Measures.Answered("u", _arm, Ranking(0.5f, 0.1f), Noon);
        ArmCounts counts = Taken();
        TaskCounts click = counts.Tasks["click"];
        Assert.Equal((1, 2, 1), (counts.Rankings, counts.Shown.Sum(), counts.Users.Count()));
        Assert.Equal(0.6, click.Expected, 5);
        Assert.Equal(-Math.Log(0.5) - Math.Log(0.9), click.LogLoss.Sum(), 5);
        Assert.Equal(2, click.Scored.Sum());
    }

    [Fact]
    public void Positive_OfAShownItem_TurnsTheLossAndIsCountedOnce()
    {
        MeasuredRanking ranking = Measures.Answered("u", _arm, Ranking(0.5f, 0.1f), Noon);
        Measures.Positive("u", ranking, 1, "click");
        Measures.Positive("u", ranking, 1, "click");
        TaskCounts click = Taken().Tasks["click"];
        Assert.Equal((1, 1), (click.Positives.Sum(), click.ScoredPositives));
        Assert.Equal(-Math.Log(0.5) - Math.Log(0.1), click.LogLoss.Sum(), 4);
    }

    [Fact]
    public void Answered_OfScoresThatOnlyOrder_CountsNoLoss()
    {
        MeasuredRanking ranking = Measures.Answered("u", _arm, Ranking(0.5f, 0.1f) with { ScoresAreProbabilities = false }, Noon);
        Measures.Positive("u", ranking, 0, "click");
        TaskCounts click = Taken().Tasks["click"];
        Assert.Equal((1, 0, 0, 0), (click.Positives.Sum(), click.ScoredPositives, click.Scored.Sum(), click.Expected));
    }

    [Fact]
    public void Failed_Ranking_CountsAsAnError()
    {
        Measures.Failed("u", _arm);
        ArmCounts counts = Taken();
        Assert.Equal((1, 1, 0), (counts.Rankings, counts.Errors, counts.Shown.Sum()));
    }

    [Fact]
    public void Shadowed_Ranking_IsCompared()
    {
        Measures.Shadowed("u", _arm, [0.1f, 0.2f, 0.3f], [0.3f, 0.2f, 0.1f], 1_000);
        ShadowCounts shadow = Taken().Shadow;
        Assert.Equal((1, 1, -1), (shadow.Compared, shadow.Overlap, shadow.KendallTau));
        Assert.Equal(0.2, shadow.MeanScore, 5);
    }

    [Fact]
    public void FindShown_OfAnItem_IsTheLatestRankingWithinTheWindow()
    {
        var recent = new RecentRankings();
        MeasuredRanking old = Measures.Answered("u", _arm, Ranking(0.5f) with { RankingId = "old" }, Noon);
        recent.Add(old);
        recent.Add(Measures.Answered("u", _arm, Ranking(0.5f) with { RankingId = "new" }, Noon.AddMinutes(20)));
        Assert.Equal("new", recent.FindShown("item0", Noon.AddMinutes(21))?.RankingId);
        Assert.Null(recent.FindShown("item0", Noon.AddMinutes(51)));
        Assert.Null(recent.FindShown("never shown", Noon.AddMinutes(21)));
        Assert.Same(old, recent.Find("old"));
        Assert.False(old.IsFollowedBy(Noon.AddMinutes(31)));
    }

    [Fact]
    public void Take_AfterACount_BeginsAnew()
    {
        Measures.Failed("u", _arm);
        Assert.Single(_desk.Take());
        Assert.Empty(_desk.Take());
    }

    private static Ranking Ranking(params float[] scores) => new()
    {
        RankingId = "r",
        Source = RankingSource.Model,
        HistoryLength = 0,
        Tasks = ["click"],
        ScoresAreProbabilities = true,
        TotalMicroseconds = 2_000,
        Items = [.. scores.Select((s, i) => new RankedItem { ItemId = $"item{i}", Score = s, Scores = new[] { s } })],
    };

    private ArmCounts Taken()
    {
        CountedArm counted = Assert.Single(_desk.Take());
        Assert.Equal(("s", 0, "new"), (counted.Salt, counted.Stage, counted.Arm));
        return counted.Counts;
    }
}
