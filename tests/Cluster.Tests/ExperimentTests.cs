using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Experiments;
using DinOrleans.Storage.Impressions;
using DinOrleans.TestMachine;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Cluster.Tests;

public sealed class ExperimentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RankQuery Query { get; } = new() { Candidates = SmallShop.ItemIds, Limit = 5 };

    [Fact]
    public async Task PutAsync_Split_AnswersEachUserByTheirArmAndLogsIt()
    {
        await using ShopCluster shop = await StartAsync(silos: 2);
        (string first, string second) = await TwoVersionsAsync(shop);
        ExperimentRun run = await PutAsync(shop, Split(second));
        for (int u = 0; u < 40; u++)
        {
            Ranking ranking = await shop.User($"u{u}").RankAsync(Query, Cancellation);
            string arm = UserAssignment.Arm(run, $"u{u}")!;
            Assert.Equal((arm, "split", arm == "new" ? second : first), (ranking.Variant, ranking.Experiment, ranking.ModelVersion));
            Assert.Equal(arm == "drawn" ? 5 : 0, ranking.Propensities.Length);
        }

        IImpressionLog log = shop.Stores.GetRequiredService<IImpressionLog>();
        List<LoggedRanking> logged = await Eventually.BecomesAsync(
            "all rankings are logged",
            async () => await log.ReadAllAsync(DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation),
            l => l.Count == 40,
            cancellationToken: Cancellation);
        Assert.All(logged, l => Assert.Equal((UserAssignment.Arm(run, l.UserId), "split", 20), (l.Arm, l.Experiment, l.CandidateCount)));
        ExperimentReport report = await ReportAsync(shop, "split", r => r.Arms.Sum(a => a.Rankings) == 40);
        Assert.Equal(200, report.Arms.Sum(a => a.Shown));
        Assert.Equal(["champion", "new", "drawn"], report.Arms.Select(a => a.Arm));
    }

    [Fact]
    public async Task AppendAsync_ClicksOnWhatAnArmShowed_AreCountedOnceForIt()
    {
        await using ShopCluster shop = await StartAsync(silos: 1);
        (_, string second) = await TwoVersionsAsync(shop);
        ExperimentRun run = await PutAsync(shop, Split(second));
        string user = Enumerable.Range(0, 100).Select(u => $"u{u}").First(u => UserAssignment.Arm(run, u) == "new");
        Ranking ranking = await shop.User(user).RankAsync(Query, Cancellation);
        await shop.User(user).AppendAsync([Click(user, ranking.Items[0].ItemId, "named", ranking.RankingId), Click(user, ranking.Items[1].ItemId, "unnamed", null)], Cancellation);
        await shop.User(user).AppendAsync([Click(user, ranking.Items[0].ItemId, "again", ranking.RankingId)], Cancellation);
        string unshown = SmallShop.ItemIds.Except(ranking.Items.Select(i => i.ItemId)).First();
        await shop.User(user).AppendAsync([Click(user, unshown, "not shown", null)], Cancellation);
        ExperimentReport report = await ReportAsync(shop, "split", r => r.Arms[1].Tasks is [{ Positives: 2 }]);
        Assert.Equal((1, 5), (report.Arms[1].Rankings, report.Arms[1].Shown));
        Assert.Equal(0, report.Arms[0].Rankings);
    }

    [Fact]
    public async Task AppendAsync_AfterTheGrainLeftMemory_JoinsByTheLog()
    {
        await using ShopCluster shop = await StartAsync(silos: 1);
        (_, string second) = await TwoVersionsAsync(shop);
        ExperimentRun run = await PutAsync(shop, Split(second));
        string user = Enumerable.Range(0, 100).Select(u => $"u{u}").First(u => UserAssignment.Arm(run, u) == "new");
        Ranking ranking = await shop.User(user).RankAsync(Query, Cancellation);
        IImpressionLog log = shop.Stores.GetRequiredService<IImpressionLog>();
        await Eventually.BecomesAsync<LoggedRanking?>(
            "the ranking is logged", async () => await log.FindAsync(user, ranking.RankingId, DateTimeOffset.MinValue, Cancellation), l => l is not null, cancellationToken: Cancellation);
        await shop.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, Cancellation);
        await shop.User(user).AppendAsync([Click(user, ranking.Items[0].ItemId, "named", ranking.RankingId), Click(user, ranking.Items[1].ItemId, "unnamed", null)], Cancellation);
        await ReportAsync(shop, "split", r => r.Arms[1].Tasks is [{ Positives: 2 }]);
    }

    [Fact]
    public async Task PutAsync_Shadow_ComparesAndNeverAnswers()
    {
        await using ShopCluster shop = await StartAsync(silos: 2);
        (string first, string second) = await TwoVersionsAsync(shop);
        await PutAsync(shop, new Experiment { Name = "shadow", Mode = ExperimentMode.Shadow, Arms = [new() { Name = "new", Version = second, Share = 100 }] });
        await WaitUntilLoadedAsync(shop, second);
        for (int u = 0; u < 20; u++)
        {
            Ranking ranking = await shop.User($"u{u}").RankAsync(Query, Cancellation);
            Assert.Equal((first, null), (ranking.ModelVersion, ranking.Variant));
        }

        ExperimentReport report = await ReportAsync(shop, "shadow", r => r.Arms[1].Shadow is { Compared: 20 });
        Assert.Equal((20, 0), (report.Arms[1].Users, report.Arms[1].Shown));
        Assert.InRange(report.Arms[1].Shadow!.OverlapAt10, 0, 1);
    }

    [Fact]
    public async Task RollOutAsync_GoodVersion_GoesFromShadowToActive()
    {
        await using ShopCluster shop = await StartAsync(silos: 2);
        await shop.PutItemsAsync();
        string first = await shop.PublishAsync(seed: 1);
        string second = shop.WriteVersion(seed: 2);
        await shop.Experiments.RollOutAsync(second, Cancellation);
        ExperimentReport report = await RankUntilAsync(shop, second, r => r.Run.Status == ExperimentStatus.Promoted);
        Assert.Equal((first, "no guard was breached in any stage"), (report.Run.ChampionVersion, report.Run.Reason));
        Assert.NotNull(report.Arms[1].Shadow);
        await shop.WaitUntilServedAsync(second);
        await WaitUntilNoneRunsAsync(shop);
        Assert.Equal((second, null), await VariantAsync(shop, "u1"));
    }

    [Fact]
    public async Task RollOutAsync_FirstVersion_IsActiveAtOnce()
    {
        await using ShopCluster shop = await StartAsync(silos: 1);
        await shop.PutItemsAsync();
        string version = shop.WriteVersion(seed: 1);
        await shop.Experiments.RollOutAsync(version, Cancellation);
        await shop.WaitUntilServedAsync(version);
        Assert.Empty(await shop.Experiments.GetAllAsync(Cancellation));
    }

    [Fact]
    public async Task RollOutAsync_VersionThatSilosRefuse_IsRolledBackAndSaysWhy()
    {
        await using ShopCluster shop = await StartAsync(silos: 2);
        await shop.PutItemsAsync();
        string first = await shop.PublishAsync(seed: 1);
        string second = shop.WriteVersion(seed: 2);
        await File.AppendAllTextAsync(Path.Combine(shop.Folder, "versions", second, "scorer.onnx"), "damage", Cancellation);
        await shop.Experiments.RollOutAsync(second, Cancellation);
        ExperimentReport report = await RankUntilAsync(shop, second, r => r.Run.Status == ExperimentStatus.RolledBack);
        Assert.StartsWith($"version {second} cannot serve: scorer.onnx", report.Run.Reason);
        await WaitUntilNoneRunsAsync(shop);
        Assert.Equal((first, null), await VariantAsync(shop, "u1"));
    }

    [Fact]
    public async Task RankAsync_AskedForAnArm_RanksWithItAndMeasuresNothing()
    {
        await using ShopCluster shop = await StartAsync(silos: 1);
        (string first, string second) = await TwoVersionsAsync(shop);
        ExperimentRun run = await PutAsync(shop, Split(second));
        string user = Enumerable.Range(0, 100).Select(u => $"u{u}").First(u => UserAssignment.Arm(run, u) == "champion");
        Ranking looked = await shop.User(user).RankAsync(Query with { Override = new("split", "new") }, Cancellation);
        Assert.Equal((second, "new"), (looked.ModelVersion, looked.Variant));
        Assert.Equal(first, (await shop.User(user).RankAsync(Query, Cancellation)).ModelVersion);
        ExperimentReport report = await ReportAsync(shop, "split", r => r.Arms[0].Rankings == 1);
        Assert.Equal(0, report.Arms[1].Rankings);
        foreach (ArmReference wrong in new ArmReference[] { new("split", "none"), new("none", "new") })
        {
            InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(() => shop.User(user).RankAsync(Query with { Override = wrong }, Cancellation));
            Assert.Equal("override", Assert.Single(refused.Violations).Field);
        }
    }

    [Fact]
    public async Task StopAsync_Experiment_GivesEveryUserBackToTheChampion()
    {
        await using ShopCluster shop = await StartAsync(silos: 2);
        (string first, string second) = await TwoVersionsAsync(shop);
        await PutAsync(shop, Split(second));
        await shop.Experiments.StopAsync("split", Cancellation);
        await WaitUntilNoneRunsAsync(shop);
        for (int u = 0; u < 20; u++)
        {
            Assert.Equal((first, null), await VariantAsync(shop, $"u{u}"));
        }

        Assert.Equal((ExperimentStatus.Stopped, "stopped by hand"), (await ReportAsync(shop, "split", _ => true)).Run is var run ? (run.Status, run.Reason) : default);
        await shop.Experiments.DeleteAsync("split", Cancellation);
        Assert.Null(await shop.Experiments.GetAsync("split", Cancellation));
    }

    [Fact]
    public async Task PromoteAsync_Arm_BecomesTheActiveVersion()
    {
        await using ShopCluster shop = await StartAsync(silos: 2);
        (_, string second) = await TwoVersionsAsync(shop);
        await PutAsync(shop, Split(second));
        InvalidInputException unnamed = await Assert.ThrowsAsync<InvalidInputException>(() => shop.Experiments.PromoteAsync("split", null, Cancellation));
        Assert.Equal("arm", Assert.Single(unnamed.Violations).Field);
        await Assert.ThrowsAsync<InvalidInputException>(() => shop.Experiments.PromoteAsync("split", "drawn", Cancellation));
        await shop.Experiments.PromoteAsync("split", "new", Cancellation);
        await shop.WaitUntilServedAsync(second);
        await ReportAsync(shop, "split", r => r.Run.Status == ExperimentStatus.Promoted);
    }

    [Fact]
    public async Task PutAsync_BadInput_NamesFieldAndRuleAndChangesNothing()
    {
        await using ShopCluster shop = await StartAsync(silos: 1);
        (_, string second) = await TwoVersionsAsync(shop);
        InvalidInputException unknown = await Assert.ThrowsAsync<InvalidInputException>(() => shop.Experiments.PutAsync(Split("nowhere"), Cancellation));
        Assert.Equal("arms[0].version", Assert.Single(unknown.Violations).Field);
        await Assert.ThrowsAsync<InvalidInputException>(() => shop.Experiments.PutAsync(Split(second) with { Arms = [] }, Cancellation));
        Assert.Empty(await shop.Experiments.GetAllAsync(Cancellation));
        await PutAsync(shop, Split(second) with { Users = new(0, 50) });
        await shop.Experiments.PutAsync(Split(second) with { Users = new(0, 50) }, Cancellation);
        Assert.Equal("name", (await Assert.ThrowsAsync<ConflictException>(() => shop.Experiments.PutAsync(Split(second), Cancellation))).Violation.Field);
        Assert.Equal("users", (await Assert.ThrowsAsync<ConflictException>(() => shop.Experiments.PutAsync(Split(second) with { Name = "other", Users = new(49, 60) }, Cancellation))).Violation.Field);
        await Assert.ThrowsAsync<ConflictException>(() => shop.Experiments.DeleteAsync("split", Cancellation));
        await shop.Experiments.PutAsync(Split(second) with { Name = "other", Users = new(50, 60) }, Cancellation);
        Assert.Equal(2, (await shop.Experiments.GetAllAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task Kill_OfTheGrainsSilo_ChangesNoAssignmentAndLosesNoCounts()
    {
        await using ShopCluster shop = await StartAsync(silos: 2);
        (_, string second) = await TwoVersionsAsync(shop);
        await PutAsync(shop, Split(second));
        Dictionary<string, string?> before = await VariantsAsync(shop);
        await ReportAsync(shop, "split", r => r.Arms.Sum(a => a.Rankings) == before.Count);
        await shop.KillSiloOfAsync(shop.Experiments);
        Assert.Equal(before, await VariantsAsync(shop));
        await ReportAsync(shop, "split", r => r.Arms.Sum(a => a.Rankings) == 2 * before.Count);
    }

    private static Task<ShopCluster> StartAsync(int silos) => ShopCluster.StartAsync(silos);

    private static async Task<(string First, string Second)> TwoVersionsAsync(ShopCluster shop)
    {
        await shop.PutItemsAsync();
        string first = await shop.PublishAsync(seed: 1);
        string second = shop.WriteVersion(seed: 2);
        await shop.Registry.RecordAsync(second, Cancellation);
        return (first, second);
    }

    private static Experiment Split(string version) => new()
    {
        Name = "split",
        Mode = ExperimentMode.Split,
        Arms = [new() { Name = "new", Version = version, Share = 30 }, new() { Name = "drawn", Share = 30, Temperature = 0.1 }],
    };

    /// <summary>Starts an experiment and waits until every silo follows it and has its versions.</summary>
    private static async Task<ExperimentRun> PutAsync(ShopCluster shop, Experiment experiment)
    {
        await shop.Experiments.PutAsync(experiment, Cancellation);
        await Eventually.BecomesAsync(
            "every silo runs the experiment",
            () => shop.Silos.Select((_, s) => shop.Service<ExperimentDesk>(s).Running.Any(r => r.Experiment.Name == experiment.Name)).ToArray(),
            all => all.All(runs => runs),
            cancellationToken: Cancellation);
        foreach (string version in experiment.Arms.Select(a => a.Version).OfType<string>())
        {
            await WaitUntilLoadedAsync(shop, version);
        }

        return (await shop.Experiments.GetAsync(experiment.Name, Cancellation))!.Run;
    }

    private static Task<int> WaitUntilNoneRunsAsync(ShopCluster shop) => Eventually.BecomesAsync(
        "no silo runs an experiment", () => shop.Silos.Select((_, s) => shop.Service<ExperimentDesk>(s).Running.Count).Sum(), n => n == 0, cancellationToken: Cancellation);

    private static Task<ModelRegistry> WaitUntilLoadedAsync(ShopCluster shop, string version) =>
        shop.WaitForAsync($"every silo has loaded {version}", r => r.Silos.Count == shop.Silos.Count && r.Silos.All(s => s.Loaded.Contains(version)));

    private static Task<ExperimentReport> ReportAsync(ShopCluster shop, string name, Func<ExperimentReport, bool> condition) => Eventually.BecomesAsync(
        $"{name} is reported as wanted", async () => (await shop.Experiments.GetAsync(name, Cancellation))!, condition, cancellationToken: Cancellation);

    /// <summary>Ranks for users until a version's roll-out is as wanted.</summary>
    private static Task<ExperimentReport> RankUntilAsync(ShopCluster shop, string version, Func<ExperimentReport, bool> condition) => Eventually.BecomesAsync(
        $"the roll-out of {version} is as wanted",
        async () =>
        {
            for (int u = 0; u < 20; u++)
            {
                await VariantAsync(shop, $"u{u}");
            }

            return (await shop.Experiments.GetAllAsync(Cancellation)).Single(r => r.Run.Experiment.Arms[0].Version == version);
        },
        condition,
        cancellationToken: Cancellation);

    private static async Task<(string? Version, string? Variant)> VariantAsync(ShopCluster shop, string user)
    {
        Ranking ranking = await shop.User(user).RankAsync(Query, Cancellation);
        return (ranking.ModelVersion, ranking.Variant);
    }

    private static async Task<Dictionary<string, string?>> VariantsAsync(ShopCluster shop)
    {
        Dictionary<string, string?> variants = [];
        for (int u = 0; u < 40; u++)
        {
            variants[$"u{u}"] = (await VariantAsync(shop, $"u{u}")).Variant;
        }

        return variants;
    }

    private static BehaviourEvent Click(string user, string item, string id, string? ranking) => new()
    {
        EventId = id,
        UserId = user,
        ItemId = item,
        Type = "click",
        Timestamp = DateTimeOffset.UtcNow,
        RankingId = ranking,
    };
}
