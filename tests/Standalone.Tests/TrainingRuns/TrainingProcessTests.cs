using System.Text.Json;
using DinOrleans.Standalone.Tests.Clustering;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.TrainingRuns;

/// <summary>Training services in processes of their own, beside a silo on PostgreSQL.</summary>
[Trait("Category", "PostgreSql")]
[Trait("Category", "Slow")]
public sealed class TrainingProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_DuringATraining_AnotherServiceGoesOnFromTheCheckpointAndPublishes()
    {
        using var cluster = new PostgresShop();
        await using StandaloneProcess silo = await cluster.StartAsync(
            FreePort.Take(3), Cancellation, "--Training:Enabled", "false", "--TrainingQueue:Silence", "00:00:05", "--Experiments:RollOut", "Immediate");
        await silo.LineAsync("curl", Cancellation);
        await using MemberProcess first = Start(cluster);
        string id = Trainings.Text(await Trainings.StartAsync(silo, "to be killed"), "id")!;
        JsonElement running = await Trainings.UntilAsync(silo, id, t => t.GetProperty("curve").GetArrayLength() >= 2);
        Assert.True(Trainings.Text(running, "state") == "running", $"{running}\n{first.Output}");
        await first.KillAsync(Cancellation);

        await using MemberProcess second = Start(cluster);
        JsonElement training = await Trainings.StateAsync(silo, id, "published");
        Trainings.AssertTakenUpAgain(training);
        Assert.Equal(running.GetProperty("curve")[0].GetRawText(), training.GetProperty("curve")[0].GetRawText());
        await Trainings.IsActiveAsync(silo, Trainings.Text(training, "version")!);
    }

    private static MemberProcess Start(PostgresShop cluster) => MemberProcess.Start(
        "Training",
        "--Cluster:Membership", "PostgreSql", "--Cluster:ConnectionString", cluster.Database,
        "--TrainingProcess:DataFolder", cluster.Shop.Data, "--Training:Options", TrainingServiceTests.LongTraining, "--Training:Niceness", "0");
}
