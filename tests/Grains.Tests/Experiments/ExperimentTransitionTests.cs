using DinOrleans.Contracts.Experiments;
using DinOrleans.Grains.Experiments;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class ExperimentTransitionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Experiment RollOut = new()
    {
        Name = "v2",
        Mode = ExperimentMode.Canary,
        Arms = [new() { Name = "new", Version = "v2" }],
        ShadowFirst = true,
        Ramp = [5, 100],
        StageTime = TimeSpan.FromMinutes(10),
        StageRankings = 100,
        Promotes = true,
        Guards = [new(GuardMeasure.Ctr, 0.01, 100)],
    };

    /// <summary>Stage, minutes in it, rankings of the arm in it, and the stage and status after a look.</summary>
    public static TheoryData<string, int, int, int, int, ExperimentStatus> Steps { get; } = new()
    {
        { "shadow, just begun", 0, 0, 0, 0, ExperimentStatus.Running },
        { "shadow, long enough but without rankings", 0, 60, 0, 0, ExperimentStatus.Running },
        { "shadow, enough rankings but too soon", 0, 9, 1_000, 0, ExperimentStatus.Running },
        { "shadow over", 0, 10, 100, 1, ExperimentStatus.Running },
        { "first share, too few rankings", 1, 10, 99, 1, ExperimentStatus.Running },
        { "first share over", 1, 10, 100, 2, ExperimentStatus.Running },
        { "last share over", 2, 10, 100, 2, ExperimentStatus.Promoting },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Next_OfACanary_GoesOnWithTimeAndRankings(string what, int stage, int minutes, int rankings, int next, ExperimentStatus status)
    {
        ExperimentRun run = Run(RollOut) with { Stage = stage };
        ExperimentRun after = Next(run, Counts(stage, rankings, 0.1, 0.1), "v1", Noon.AddMinutes(minutes));
        Assert.Equal((what, next, status), (what, after.Stage, after.Status));
        Assert.Equal(next == stage ? Noon : Noon.AddMinutes(minutes), after.StageSince);
        Assert.Null(after.EndedAt);
    }

    [Fact]
    public void Next_WhereTheChampionHasTooFewRankingsToCompareWith_StaysInTheStage()
    {
        ExperimentRun run = Run(RollOut) with { Stage = 1 };
        var counts = new StageCounts();
        var draw = new SimulatedExperiment(5);
        counts.Add(1, "new", draw.Rankings(1_000, 0.1));
        counts.Add(1, ExperimentArm.Champion, draw.Rankings(99, 0.1));
        Assert.Equal(run, Next(run, counts, "v1", Noon.AddDays(1)));
        counts.Add(1, ExperimentArm.Champion, draw.Rankings(1, 0.1));
        Assert.Equal(2, Next(run, counts, "v1", Noon.AddDays(1)).Stage);
    }

    [Fact]
    public void Next_OfACanaryThatDoesNotPromote_StaysInItsLastStage()
    {
        ExperimentRun run = Run(RollOut with { Promotes = false }) with { Stage = 2 };
        Assert.Equal(run, Next(run, Counts(2, 1_000, 0.1, 0.1), "v1", Noon.AddDays(1)));
    }

    [Fact]
    public void Next_OfAnArmThatDoesHarm_RollsBackAndSaysWhy()
    {
        ExperimentRun after = Next(Run(RollOut) with { Stage = 1 }, Counts(1, 5_000, 0.08, 0.1), "v1", Noon);
        Assert.Equal((ExperimentStatus.RolledBack, Noon), (after.Status, after.EndedAt));
        Assert.StartsWith("new: ctr is -", after.Reason);
    }

    [Fact]
    public void Next_WhilePromoting_WaitsUntilTheVersionIsActive()
    {
        ExperimentRun promoting = ExperimentTransition.Promote(Run(RollOut) with { Stage = 2 }, "new", "by hand");
        Assert.Equal(promoting, Next(promoting, new StageCounts(), "v1", Noon));
        ExperimentRun promoted = Next(promoting, new StageCounts(), "v2", Noon);
        Assert.Equal((ExperimentStatus.Promoted, "new", "by hand"), (promoted.Status, promoted.Winner, promoted.Reason));
    }

    [Theory]
    [InlineData(ExperimentStatus.Running)]
    [InlineData(ExperimentStatus.Promoting)]
    public void Next_WhereASiloRefusesTheVersion_RollsBackAndSaysWhy(ExperimentStatus status)
    {
        ExperimentRun run = Run(RollOut) with { Status = status, Winner = "new", Reason = "r" };
        ExperimentRun after = ExperimentTransition.Next(run, new StageCounts(), new("v1", new Dictionary<string, string> { ["v2"] = "scorer.onnx: damaged" }), "click", Noon);
        Assert.Equal((ExperimentStatus.RolledBack, "version v2 cannot serve: scorer.onnx: damaged"), (after.Status, after.Reason));
    }

    [Fact]
    public void Next_WhereAnotherVersionBecameActive_Stops()
    {
        ExperimentRun after = Next(Run(RollOut), new StageCounts(), "v3", Noon);
        Assert.Equal((ExperimentStatus.Stopped, "the active version became v3, and the experiment compares with v1"), (after.Status, after.Reason));
    }

    [Theory]
    [InlineData(ExperimentStatus.Promoted)]
    [InlineData(ExperimentStatus.RolledBack)]
    [InlineData(ExperimentStatus.Stopped)]
    [InlineData(ExperimentStatus.Waiting)]
    public void Next_OfOneThatDoesNotRun_ChangesNothing(ExperimentStatus status)
    {
        ExperimentRun run = Run(RollOut) with { Status = status, EndedAt = Noon, Reason = "r" };
        Assert.Same(run, Next(run, Counts(0, 5_000, 0, 0.1), "v2", Noon.AddDays(1)));
    }

    [Fact]
    public void SplitAlarm_OfAStage_FiresOnlyWhereTheSplitIsOff()
    {
        ExperimentRun run = Run(RollOut) with { Stage = 1 };
        var asked = new StageCounts();
        var off = new StageCounts();
        var draw = new SimulatedExperiment(7);
        asked.Add(1, "new", draw.Rankings(500, 0.1));
        asked.Add(1, ExperimentArm.Champion, draw.Rankings(9_500, 0.1));
        off.Add(1, "new", draw.Rankings(700, 0.1));
        off.Add(1, ExperimentArm.Champion, draw.Rankings(9_300, 0.1));
        Assert.Null(ArmMeasures.SplitAlarm(run, asked));
        Assert.Contains("where 95.00", ArmMeasures.SplitAlarm(run, off));
        Assert.Null(ArmMeasures.SplitAlarm(run with { Stage = 0 }, off));
    }

    private static ExperimentRun Run(Experiment experiment) => SimulatedExperiment.Run(experiment) with { StageSince = Noon };

    private static ExperimentRun Next(ExperimentRun run, StageCounts counts, string active, DateTimeOffset time) =>
        ExperimentTransition.Next(run, counts, new(active, new Dictionary<string, string>()), SimulatedExperiment.Task, time);

    private static StageCounts Counts(int stage, int rankings, double armRate, double championRate)
    {
        var counts = new StageCounts();
        var draw = new SimulatedExperiment(5);
        counts.Add(stage, "new", draw.Rankings(rankings, armRate));
        counts.Add(stage, ExperimentArm.Champion, draw.Rankings(rankings * 2, championRate));
        return counts;
    }
}
