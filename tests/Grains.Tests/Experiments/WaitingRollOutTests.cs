using DinOrleans.Contracts.Experiments;
using DinOrleans.Grains.Experiments;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class WaitingRollOutTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ExperimentRun Mine = SimulatedExperiment.Run(
        new Experiment { Name = "mine", Mode = ExperimentMode.Split, Users = new(90, 100), Arms = [new() { Name = "drawn", Share = 10, Temperature = 1 }] });

    private static readonly ExperimentRun Waiting = SimulatedExperiment.Run(
        new Experiment { Name = "rollout.v2", Mode = ExperimentMode.Canary, Arms = [new() { Name = "new", Version = "v2" }], Ramp = [5, 100], ShadowFirst = true, Promotes = true }) with
    {
        Status = ExperimentStatus.Waiting,
        ChampionVersion = "v1",
        Reason = "the running experiment \"mine\" has some of its users",
    };

    /// <summary>Other experiments that leave a roll-out its users.</summary>
    public static TheoryData<string, ExperimentRun> Free { get; } = new()
    {
        { "it has ended", Mine with { Status = ExperimentStatus.Stopped, EndedAt = Noon } },
        { "it is a shadow", Mine with { Experiment = Mine.Experiment with { Mode = ExperimentMode.Shadow } } },
        { "it waits itself", Mine with { Status = ExperimentStatus.Waiting } },
    };

    [Fact]
    public void Next_WhileAnExperimentHasSomeOfItsUsers_WaitsUnchanged()
    {
        Assert.Equal(Waiting.Reason, WaitingRollOut.Reason(Waiting.Experiment, [Mine]));
        Assert.Equal(Waiting, WaitingRollOut.Next(Waiting, [Waiting, Mine], Models("v1"), Noon));
    }

    [Fact]
    public void Next_WhereAnotherExperimentHasTheUsers_SaysSo()
    {
        ExperimentRun other = Mine with { Experiment = Mine.Experiment with { Name = "other" } };
        Assert.Equal("the running experiment \"other\" has some of its users", WaitingRollOut.Next(Waiting, [other], Models("v1"), Noon).Reason);
    }

    [Theory]
    [MemberData(nameof(Free))]
    public void Next_OnceTheUsersAreFree_BeginsAgainstTheVersionThatIsActiveThen(string what, ExperimentRun other)
    {
        ExperimentRun begun = WaitingRollOut.Next(Waiting, [other], Models("v3"), Noon);
        Assert.Equal((what, ExperimentStatus.Running, "v3", null), (what, begun.Status, begun.ChampionVersion, begun.Reason));
        Assert.Equal((Noon, Noon, 0, Waiting.Salt), (begun.StartedAt, begun.StageSince, begun.Stage, begun.Salt));
    }

    [Fact]
    public void Next_WhereTheVersionBecameActiveMeanwhile_Ends()
    {
        ExperimentRun ended = WaitingRollOut.Next(Waiting, [Mine], Models("v2"), Noon);
        Assert.Equal((ExperimentStatus.Stopped, Noon, "version v2 became the active one before the roll-out began"), (ended.Status, ended.EndedAt, ended.Reason));
    }

    [Fact]
    public void Next_WhereTheVersionWasRefused_EndsAndSaysWhy()
    {
        ExperimentRun ended = WaitingRollOut.Next(Waiting, [], new("v1", new Dictionary<string, string> { ["v2"] = "scorer.onnx: damaged" }), Noon);
        Assert.Equal((ExperimentStatus.RolledBack, Noon, "version v2 cannot serve: scorer.onnx: damaged"), (ended.Status, ended.EndedAt, ended.Reason));
    }

    private static ModelView Models(string active) => new(active, new Dictionary<string, string>());
}
