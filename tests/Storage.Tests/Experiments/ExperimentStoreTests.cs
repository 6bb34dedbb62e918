using DinOrleans.Contracts.Experiments;
using DinOrleans.Storage.Experiments;

namespace DinOrleans.Storage.Tests.Experiments;

/// <summary>What every experiment store promises.</summary>
public abstract class ExperimentStoreTests : StoreTests
{
    private static readonly IReadOnlyDictionary<string, long> NoReports = new Dictionary<string, long>();

    private IExperimentStore Experiments => Store<IExperimentStore>();

    [Fact]
    public async Task ReadAsync_BeforeAnything_IsEmpty()
    {
        ExperimentBoard board = await Experiments.ReadAsync(Cancellation);
        Assert.Equal((0, 0, 0), (board.Revision, board.Reports.Count, board.Experiments.Count));
    }

    [Fact]
    public async Task TryWriteAsync_ThenARestart_KeepsEveryMember()
    {
        StoredExperiment stored = Experiment("split", minute: 0) with { Counts = """{"stages":[{"a":1}]}""" };
        Assert.True(await Experiments.TryWriteAsync(new(0, new Dictionary<string, long> { ["silo"] = 7 }) { Put = [stored, Experiment("later", 1)] }, Cancellation));
        await RestartAsync();
        ExperimentBoard board = await Experiments.ReadAsync(Cancellation);
        Assert.Equal((1, 7), (board.Revision, board.Reports["silo"]));
        Assert.Equal(["later", "split"], board.Experiments.Select(e => e.Run.Experiment.Name));
        Assert.Equivalent(stored, board.Experiments[1], strict: true);
    }

    [Fact]
    public async Task TryWriteAsync_OnAnOlderRevision_StoresNothing()
    {
        Assert.True(await Experiments.TryWriteAsync(new(0, NoReports) { Put = [Experiment("a", 0)] }, Cancellation));
        Assert.False(await Experiments.TryWriteAsync(new(0, NoReports) { Put = [Experiment("b", 0)], Remove = ["a"] }, Cancellation));
        ExperimentBoard board = await Experiments.ReadAsync(Cancellation);
        Assert.Equal((1, "a"), (board.Revision, Assert.Single(board.Experiments).Run.Experiment.Name));
    }

    [Fact]
    public async Task TryWriteAsync_PutAgainAndRemove_ReplacesAndForgets()
    {
        Assert.True(await Experiments.TryWriteAsync(new(0, NoReports) { Put = [Experiment("a", 0), Experiment("b", 1)] }, Cancellation));
        StoredExperiment ended = Experiment("a", 0);
        ended = ended with { Run = ended.Run with { Status = ExperimentStatus.Stopped, Reason = "by hand" } };
        Assert.True(await Experiments.TryWriteAsync(new(1, NoReports) { Put = [ended], Remove = ["b", "never there"] }, Cancellation));
        ExperimentBoard board = await Experiments.ReadAsync(Cancellation);
        Assert.Equal("by hand", Assert.Single(board.Experiments).Run.Reason);
    }

    [Fact]
    public async Task TryWriteAsync_OneThatEndsAndManyThatAreForgotten_IsOneChange()
    {
        StoredExperiment[] before = [.. Enumerable.Range(0, 50).Select(n => Experiment($"e{n:D2}", n))];
        Assert.True(await Experiments.TryWriteAsync(new(0, NoReports) { Put = before }, Cancellation));
        StoredExperiment ended = before[49] with { Run = before[49].Run with { Status = ExperimentStatus.RolledBack } };
        Assert.True(await Experiments.TryWriteAsync(new(1, NoReports) { Put = [ended], Remove = [.. before[..47].Select(e => e.Run.Experiment.Name)] }, Cancellation));
        await RestartAsync();
        ExperimentBoard board = await Experiments.ReadAsync(Cancellation);
        Assert.Equal(["e49", "e48", "e47"], board.Experiments.Select(e => e.Run.Experiment.Name));
        Assert.Equal((2, ExperimentStatus.RolledBack), (board.Revision, board.Experiments[0].Run.Status));
    }

    [Fact]
    public async Task TryWriteAsync_ARollOutThatWaits_KeepsWhy()
    {
        StoredExperiment stored = Experiment("rollout.v2", minute: 0);
        stored = stored with { Run = stored.Run with { Status = ExperimentStatus.Waiting, EndedAt = null, Winner = null, Reason = "users are taken" } };
        Assert.True(await Experiments.TryWriteAsync(new(0, NoReports) { Put = [stored] }, Cancellation));
        await RestartAsync();
        Assert.Equivalent(stored, Assert.Single((await Experiments.ReadAsync(Cancellation)).Experiments), strict: true);
    }

    private static StoredExperiment Experiment(string name, int minute)
    {
        DateTimeOffset start = new(2026, 1, 1, 12, minute, 0, 5, TimeSpan.Zero);
        return new(
            new ExperimentRun
            {
                Experiment = new Experiment
                {
                    Name = name,
                    Mode = ExperimentMode.Canary,
                    Arms = [new() { Name = "new", Version = "v2", Temperature = 0.5 }],
                    Users = new(10, 50),
                    Ramp = [1, 5],
                    ShadowFirst = true,
                    StageTime = TimeSpan.FromSeconds(3),
                    StageRankings = 4,
                    Promotes = true,
                    Guards = [new(GuardMeasure.LogLoss, 0.1, 9)],
                    AttributionWindow = TimeSpan.FromMinutes(2),
                },
                Salt = "salt",
                StartedAt = start,
                Status = ExperimentStatus.Promoting,
                Stage = 1,
                StageSince = start.AddMinutes(1),
                EndedAt = start.AddMinutes(2),
                Reason = "because",
                Winner = "new",
                ChampionVersion = "v1",
            },
            "{}");
    }
}
