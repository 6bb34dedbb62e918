using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Contracts.Tests.Experiments;

public sealed class ExperimentRulesTests
{
    private static readonly Experiment Canary = new()
    {
        Name = "canary-1",
        Mode = ExperimentMode.Canary,
        Arms = [new() { Name = "new", Version = "v2" }],
        Ramp = [1, 100],
        Promotes = true,
        ShadowFirst = true,
    };

    private static readonly Experiment Split = new()
    {
        Name = "split.1",
        Mode = ExperimentMode.Split,
        Arms = [new() { Name = "a", Share = 50 }, new() { Name = "b", Share = 50, Version = "v2", Temperature = 0.1 }],
        Guards = [new(GuardMeasure.Ctr, 0.02), new(GuardMeasure.Latency, 1.5)],
    };

    private static readonly Experiment Shadow = new() { Name = "s", Mode = ExperimentMode.Shadow, Arms = [new() { Name = "new", Version = "v2", Share = 10 }] };

    /// <summary>A broken experiment, and the fields that are named.</summary>
    public static TheoryData<Experiment, string> Broken { get; } = new()
    {
        { Canary with { Name = "" }, "name" },
        { Canary with { Name = "Big" }, "name" },
        { Canary with { Name = "-a" }, "name" },
        { Canary with { Name = new string('a', 65) }, "name" },
        { Canary with { Mode = (ExperimentMode)9 }, "mode promotes ramp arms[0].share" },
        { Canary with { Arms = [] }, "arms" },
        { Canary with { Arms = [.. Canary.Arms, new() { Name = "b", Version = "v3" }] }, "arms" },
        { Canary with { Arms = [new() { Name = "champion", Version = "v2" }] }, "arms[0].name" },
        { Canary with { Arms = [new() { Name = "new" }] }, "arms[0].version" },
        { Canary with { Arms = [new() { Name = "new", Version = "\n" }] }, "arms[0].version" },
        { Canary with { Arms = [new() { Name = "new", Version = "v2", Share = 5 }] }, "arms[0].share" },
        { Canary with { Arms = [new() { Name = "new", Version = "v2", Temperature = 0 }] }, "arms[0].temperature" },
        { Canary with { Arms = [new() { Name = "new", Version = "v2", Temperature = double.NaN }] }, "arms[0].temperature" },
        { Canary with { Ramp = [] }, "ramp" },
        { Canary with { Ramp = [5, 5] }, "ramp[1]" },
        { Canary with { Ramp = [0] }, "ramp[0]" },
        { Canary with { Ramp = [double.NaN] }, "ramp[0]" },
        { Canary with { Ramp = [101] }, "ramp[0]" },
        { Canary with { Users = new(50, 50) }, "users" },
        { Canary with { Users = new(-1, 50) }, "users" },
        { Canary with { Users = new(0, double.NaN) }, "users" },
        { Canary with { StageTime = TimeSpan.FromSeconds(-1) }, "stageTime" },
        { Canary with { StageTime = TimeSpan.FromDays(31) }, "stageTime" },
        { Canary with { StageRankings = 0 }, "stageRankings" },
        { Canary with { AttributionWindow = TimeSpan.Zero }, "attributionWindow" },
        { Canary with { Guards = [new(GuardMeasure.Ctr, 2)] }, "guards[0].limit" },
        { Canary with { Guards = [new(GuardMeasure.Latency, 0.5)] }, "guards[0].limit" },
        { Canary with { Guards = [new(GuardMeasure.Calibration, double.NaN)] }, "guards[0].limit" },
        { Canary with { Guards = [new((GuardMeasure)77, 1)] }, "guards[0].measure" },
        { Canary with { Guards = [new(GuardMeasure.Ctr, 0.1), new(GuardMeasure.Ctr, 0.2)] }, "guards[1].measure" },
        { Canary with { Guards = [new(GuardMeasure.Ctr, 0.1, 0)] }, "guards[0].minimumRankings" },
        { Split with { Arms = [new() { Name = "a", Share = 60 }, new() { Name = "b", Share = 50 }] }, "arms" },
        { Split with { Arms = [new() { Name = "a", Share = 10 }, new() { Name = "a", Share = 10 }] }, "arms[1].name" },
        { Split with { Arms = [new() { Name = "a" }] }, "arms[0].share" },
        { Split with { Arms = [.. Enumerable.Range(0, 9).Select(i => new ExperimentArm { Name = $"a{i}", Share = 1 })] }, "arms" },
        { Split with { Ramp = [1] }, "ramp" },
        { Split with { ShadowFirst = true }, "shadowFirst" },
        { Split with { Promotes = true }, "promotes" },
        { Shadow with { Arms = [new() { Name = "new", Share = 10 }] }, "arms[0].version" },
    };

    [Fact]
    public void Check_OfValidExperiments_FindsNothing() =>
        Assert.All([Canary, Split, Shadow], e => Assert.Empty(ExperimentRules.Check(e).Listed));

    [Theory]
    [MemberData(nameof(Broken))]
    public void Check_OfABrokenExperiment_NamesTheField(Experiment experiment, string fields) =>
        Assert.Equal(fields.Split(' ').Order(), ExperimentRules.Check(experiment).Listed.Select(v => v.Field).Order());
}
