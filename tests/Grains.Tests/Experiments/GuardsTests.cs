using DinOrleans.Contracts.Experiments;
using DinOrleans.Grains.Experiments;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class GuardsTests
{
    [Fact]
    public void Ctr_OfAHundredEqualArms_RollsBackAtMostFive()
    {
        int rolledBack = Enumerable.Range(0, 100).Count(seed => new SimulatedExperiment(seed).ShownUntilRolledBack(0.1, 0.1, 40_000, looks: 40) is not null);
        Assert.InRange(rolledBack, 0, 5);
    }

    [Fact]
    public void Ctr_OfAHundredArmsATenthWorse_RollsBackNinetyFiveWithin40000Shown()
    {
        int rolledBack = Enumerable.Range(0, 100).Count(seed => new SimulatedExperiment(seed).ShownUntilRolledBack(0.09, 0.1, 40_000, looks: 40) is not null);
        Assert.InRange(rolledBack, 95, 100);
    }

    [Fact]
    public void Breach_WithoutData_HasNoVerdict() =>
        Assert.Null(Breach(new StageCounts(), AllGuards));

    [Fact]
    public void Breach_WithoutAnythingOfTheChampion_HasNoVerdict()
    {
        var counts = new StageCounts();
        counts.Add(0, "new", new SimulatedExperiment(1).Rankings(5_000, 0));
        Assert.Null(Breach(counts, [new(GuardMeasure.Ctr, 0), new(GuardMeasure.Errors, 0), new(GuardMeasure.Latency, 1)]));
    }

    [Fact]
    public void Breach_OfNoClicksAtAllOnBothSides_HasNoVerdict()
    {
        var counts = new StageCounts();
        counts.Add(0, "new", new SimulatedExperiment(1).Rankings(5_000, 0));
        counts.Add(0, ExperimentArm.Champion, new SimulatedExperiment(2).Rankings(5_000, 0));
        Assert.Null(Breach(counts, AllGuards));
    }

    [Fact]
    public void Ctr_WhereUsersClickMoreWhenTheArmIsLarger_ComparesWithinStages()
    {
        // By night the arm is small and nobody clicks, by day it is large and all do: the sums say that the arm is better, which it is not.
        var counts = new StageCounts();
        var draw = new SimulatedExperiment(3);
        counts.Add(0, "new", draw.Rankings(500, 0.045));
        counts.Add(0, ExperimentArm.Champion, draw.Rankings(20_000, 0.05));
        counts.Add(1, "new", draw.Rankings(20_000, 0.18));
        counts.Add(1, ExperimentArm.Champion, draw.Rankings(5_000, 0.2));
        Assert.True(counts.Total("new").Task(SimulatedExperiment.Task).Positives.Sum() / 205_000.0 > counts.Total(ExperimentArm.Champion).Task(SimulatedExperiment.Task).Positives.Sum() / 250_000.0);
        Assert.StartsWith("ctr is -", Breach(counts, [new(GuardMeasure.Ctr, 0.01)]));
    }

    [Theory]
    [InlineData(1.0, 1.0, null)]
    [InlineData(1.2, 1.0, null)]
    [InlineData(3.0, 3.0, null)]
    [InlineData(1.1, 3.0, null)]
    [InlineData(2.5, 1.0, "calibration is 2.500 over 1000 positives against the champion's 1.000; the guard allows 1.500 times its distance from 1")]
    [InlineData(0.4, 1.0, "calibration is 0.400 over 1000 positives against the champion's 1.000; the guard allows 1.500 times its distance from 1")]
    public void Calibration_FartherFromOneThanTheChampions_IsBreached(double factor, double champion, string? breach)
    {
        var counts = new StageCounts();
        counts.Add(0, "new", Calibrated(factor));
        counts.Add(0, ExperimentArm.Champion, Calibrated(champion));
        Assert.Equal(breach, Breach(counts, [new(GuardMeasure.Calibration, 1.5)]));
    }

    [Fact]
    public void LogLoss_ThatIsHigher_IsBreached()
    {
        var counts = new StageCounts();
        counts.Add(0, "new", Scored(0.36));
        counts.Add(0, ExperimentArm.Champion, Scored(0.30));
        Assert.StartsWith("logLoss is 2", Breach(counts, [new(GuardMeasure.LogLoss, 0.05)]));
        Assert.Null(Breach(counts, [new(GuardMeasure.LogLoss, 0.25)]));
    }

    [Fact]
    public void Latency_OfTheWorstOfAHundred_IsComparedWithTheChampions()
    {
        var counts = new StageCounts();
        counts.Add(0, "new", Timed(30_000));
        counts.Add(0, ExperimentArm.Champion, Timed(10_000));
        Assert.StartsWith("latency p99 is 3", Breach(counts, [new(GuardMeasure.Latency, 2)]));
        Assert.Null(Breach(counts, [new(GuardMeasure.Latency, 4)]));
    }

    /// <summary>Below a hundred, the percentile would be the slowest ranking of all.</summary>
    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public void Latency_OfFewRankings_HasNoVerdict(int rankings, bool isBreached)
    {
        var counts = new StageCounts();
        counts.Add(0, "new", Timed(30_000, rankings));
        counts.Add(0, ExperimentArm.Champion, Timed(10_000));
        Assert.Equal(isBreached, Breach(counts, [new(GuardMeasure.Latency, 2, MinimumRankings: 1)]) is not null);
    }

    [Fact]
    public void Errors_BeyondChance_AreBreached()
    {
        var counts = new StageCounts();
        ArmCounts arm = Timed(1_000);
        arm.Errors = 100;
        counts.Add(0, "new", arm);
        counts.Add(0, ExperimentArm.Champion, Timed(1_000));
        Assert.StartsWith("errors are 10.00", Breach(counts, [new(GuardMeasure.Errors, 0.01)]));
    }

    private static ExperimentGuard[] AllGuards =>
        [new(GuardMeasure.Ctr, 0), new(GuardMeasure.LogLoss, 0), new(GuardMeasure.Calibration, 1.01), new(GuardMeasure.Latency, 1), new(GuardMeasure.Errors, 0)];

    private static string? Breach(StageCounts counts, IReadOnlyList<ExperimentGuard> guards) => Guards.Breach(
        SimulatedExperiment.Run(SimulatedExperiment.Canary(50) with { Guards = guards }), counts, "new", SimulatedExperiment.Task);

    private static ArmCounts Calibrated(double factor)
    {
        ArmCounts counts = new SimulatedExperiment(1).Rankings(1_000, 0.1);
        TaskCounts task = counts.Task(SimulatedExperiment.Task);
        task.ScoredPositives = 1_000;
        task.Expected = 1_000 * factor;
        return counts;
    }

    private static ArmCounts Scored(double logLoss)
    {
        ArmCounts counts = new SimulatedExperiment(1).Rankings(2_000, 0.1);
        TaskCounts task = counts.Task(SimulatedExperiment.Task);
        for (int b = 0; b < ArmCounts.Blocks; b++)
        {
            task.Scored[b] = counts.Shown[b];
            task.LogLoss[b] = counts.Shown[b] * (logLoss + (0.02 * ((b % 3) - 1)));
        }

        return counts;
    }

    private static ArmCounts Timed(int slowest, int rankings = 1_000)
    {
        ArmCounts counts = new SimulatedExperiment(1).Rankings(rankings, 0.1);
        for (int i = 0; i < rankings; i++)
        {
            counts.Latency.Add(i < rankings * 0.95 ? 1_000 : slowest);
        }

        return counts;
    }
}
