using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Experiments;
using DinOrleans.Grains.Models;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Experiments;
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
        ExperimentReport report = await Eventually.BecomesAsync(
            "twenty rankings are compared",
            async () =>
            {
                // A shadow ranking that comes too late is dropped, so one round may not be enough.
                for (int u = 0; u < 20; u++)
                {
                    Ranking ranking = await shop.User($"u{u}").RankAsync(Query, Cancellation);
                    Assert.Equal((first, null), (ranking.ModelVersion, ranking.Variant));
                }

                return (await shop.Experiments.GetAsync("shadow", Cancellation))!;
            },
            r => r.Arms[1].Shadow is { Compared: >= 20 },
            cancellationToken: Cancellation);
        Assert.InRange(report.Arms[1].Users, 1, 20);
        Assert.Equal(0, report.Arms[1].Shown);
        Assert.InRange(report.Arms[1].Shadow!.OverlapAt10, 0, 1);
    }

    [Fact]
    public async Task RankAsync_MoreThanAShadowKeepsUpWith_AnswersAllAndDropsShadowRankings()
    {
        const int Rankings = 200;
        await using ShopCluster shop = await ShopCluster.StartAsync(SmallShop.Schema, 1, [], silo => silo.Services.Configure<ExperimentOptions>(o => o.ShadowLimit = 1));
        (string first, string second) = await TwoVersionsAsync(shop);
        await PutAsync(shop, new Experiment { Name = "shadow", Mode = ExperimentMode.Shadow, Arms = [new() { Name = "new", Version = second, Share = 100 }] });
        Ranking[] answered = await Task.WhenAll(Enumerable.Range(0, Rankings).Select(u => shop.User($"u{u}").RankAsync(Query, Cancellation)));
        Assert.All(answered, r => Assert.Equal(first, r.ModelVersion));
        ExperimentReport report = await ReportAsync(shop, "shadow", r => r.Arms[1].Shadow is { } s && s.Compared + s.Dropped == Rankings);
        Assert.InRange(report.Arms[1].Shadow!.Dropped, 1, Rankings - 1);
        Assert.Equal(0, report.Arms[1].Errors);
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
    public async Task RollOutAsync_WhileAPersonsExperimentHasTheUsers_WaitsAndThenBeginsByItself()
    {
        await using ShopCluster shop = await StartAsync(silos: 2);
        (string first, string second) = await TwoVersionsAsync(shop);
        string third = shop.WriteVersion(seed: 3);
        await PutAsync(shop, Split(second) with { Users = new(90, 100) });
        await shop.Experiments.RollOutAsync(third, Cancellation);
        await shop.Experiments.RollOutAsync(third, Cancellation);
        const string Reason = "the running experiment \"split\" has some of its users";
        (string version, string reason) = Assert.Single(await shop.Experiments.GetWaitingAsync(Cancellation));
        Assert.Equal((third, Reason), (version, reason));
        ExperimentRun waiting = Assert.Single(await shop.Experiments.GetAllAsync(Cancellation), e => e.Run.Experiment.Promotes).Run;
        Assert.Equal((ExperimentStatus.Waiting, Reason), (waiting.Status, waiting.Reason));
        Assert.Equal("name", (await Assert.ThrowsAsync<ConflictException>(() => shop.Experiments.DeleteAsync(waiting.Experiment.Name, Cancellation))).Violation.Field);
        Assert.Equal("name", (await Assert.ThrowsAsync<ConflictException>(() => shop.Experiments.PromoteAsync(waiting.Experiment.Name, null, Cancellation))).Violation.Field);
        Assert.DoesNotContain(third, (await VariantsAsync(shop)).Values);
        Assert.DoesNotContain((await shop.Registry.GetAsync(Cancellation)).Silos, s => s.Loaded.Contains(third));

        // It waits in the store: another silo goes on with it.
        await shop.KillSiloOfAsync(shop.Experiments);
        Assert.Equal([third], (await shop.Experiments.GetWaitingAsync(Cancellation)).Keys);
        await shop.Experiments.StopAsync("split", Cancellation);
        ExperimentReport report = await RankUntilAsync(shop, third, r => r.Run.Status == ExperimentStatus.Promoted);
        Assert.Equal(first, report.Run.ChampionVersion);
        Assert.Empty(await shop.Experiments.GetWaitingAsync(Cancellation));
        await shop.WaitUntilServedAsync(third);
    }

    [Fact]
    public async Task RollOutAsync_WhileAnotherOneWaits_TakesItsPlace()
    {
        await using ShopCluster shop = await StartAsync(silos: 1);
        (_, string second) = await TwoVersionsAsync(shop);
        await PutAsync(shop, Split(second));
        string third = shop.WriteVersion(seed: 3);
        string fourth = shop.WriteVersion(seed: 4);
        await shop.Experiments.RollOutAsync(third, Cancellation);
        await shop.Experiments.RollOutAsync(fourth, Cancellation);
        Assert.Equal([fourth], (await shop.Experiments.GetWaitingAsync(Cancellation)).Keys);
        ExperimentRun superseded = (await shop.Experiments.GetAllAsync(Cancellation)).Single(r => r.Run.Experiment.Arms[0].Version == third).Run;
        Assert.Equal((ExperimentStatus.Stopped, $"version {fourth} is rolled out instead"), (superseded.Status, superseded.Reason));
        await shop.Experiments.StopAsync((await shop.Experiments.GetAllAsync(Cancellation)).Single(r => r.Run.Status == ExperimentStatus.Waiting).Run.Experiment.Name, Cancellation);
        Assert.Empty(await shop.Experiments.GetWaitingAsync(Cancellation));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task StopAsync_MoreExperimentsThanAreKept_ForgetsTheFirstAndReleasesItsVersion()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync(
            SmallShop.Schema,
            1,
            [],
            silo =>
            {
                silo.Services.Configure<ModelOptions>(o => o.Keep = 1);
                silo.Services.Configure<ExperimentOptions>(o => o.Keep = 1);
            });
        await shop.PutItemsAsync();
        string active = await shop.PublishAsync(seed: 1);
        string first = await RecordAsync(seed: 2);
        await EndAsync(first, "first");
        string ofNone = await RecordAsync(seed: 3);
        string second = await RecordAsync(seed: 4);
        await shop.WaitForAsync("the version of no experiment is removed", r => r.Versions.All(v => v.Version != ofNone));
        Assert.Equal([second, first, active], (await shop.Registry.GetAsync(Cancellation)).Versions.Select(v => v.Version));

        await EndAsync(second, "second");
        Assert.Equal(["second"], (await shop.Experiments.GetAllAsync(Cancellation)).Select(e => e.Run.Experiment.Name));
        await shop.WaitForAsync("the version of the forgotten experiment is removed", r => r.Versions.All(v => v.Version != first));
        Assert.Equal(new[] { active, second }.Order(), (await shop.Stores.GetRequiredService<IArtifactStore>().ListAsync(Cancellation)).Order());

        async Task<string> RecordAsync(int seed)
        {
            string version = shop.WriteVersion(seed);
            await shop.Registry.RecordAsync(version, Cancellation);
            return version;
        }

        async Task EndAsync(string version, string name)
        {
            await shop.Experiments.PutAsync(Split(version) with { Name = name }, Cancellation);
            await shop.Experiments.StopAsync(name, Cancellation);
        }
    }

    [Fact]
    public async Task RankAsync_AskedForAnArm_IsCountedAsOverridden()
    {
        await using ShopCluster shop = await StartAsync(silos: 1);
        (_, string second) = await TwoVersionsAsync(shop);
        await PutAsync(shop, Split(second));
        var counted = new ConcurrentQueue<string>();
        IMeterFactory meters = shop.Service<IMeterFactory>(0);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name == "dinorleans.grain.rankings")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.Enqueue($"{value} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}"));
        listener.Start();
        await shop.User("u1").RankAsync(Query with { Override = new("split", "new") }, Cancellation);
        await shop.User("u1").RankAsync(Query, Cancellation);
        Assert.Equal(["1 source=model overridden=true", "1 source=model overridden=false"], counted);
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
        InvalidInputException rollOut = await Assert.ThrowsAsync<InvalidInputException>(() => shop.Experiments.PutAsync(Split(second) with { Name = "rollout.mine" }, Cancellation));
        Assert.Equal("name", Assert.Single(rollOut.Violations).Field);
        foreach (Func<Task> call in new Func<Task>[] { () => shop.Experiments.PromoteAsync("none", null, Cancellation), () => shop.Experiments.StopAsync("none", Cancellation) })
        {
            Assert.Equal("name", Assert.Single((await Assert.ThrowsAsync<InvalidInputException>(call)).Violations).Field);
        }

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
    public async Task PutAsync_AnArmOnAVersionThatASiloRefused_SaysWhyAndChangesNothing()
    {
        await using ShopCluster shop = await StartAsync(silos: 2);
        (string first, string second) = await TwoVersionsAsync(shop);
        await File.AppendAllTextAsync(Path.Combine(shop.Folder, "versions", second, "scorer.onnx"), "damage", Cancellation);
        await shop.Registry.ActivateAsync(second, Cancellation);
        await shop.WaitForAsync("the version is refused", r => r.Versions.Any(v => v.RefusedBecause is not null));
        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(() => shop.Experiments.PutAsync(Split(second), Cancellation));
        Violation violation = Assert.Single(refused.Violations);
        Assert.Equal("arms[0].version", violation.Field);
        Assert.Contains($"\"{second}\" was refused: scorer.onnx", violation.Rule);
        Assert.Empty(await shop.Experiments.GetAllAsync(Cancellation));
        Assert.Equal((first, null), await VariantAsync(shop, "u1"));
    }

    [Fact]
    public async Task FollowAsync_WhileTheGrainDoesNotAnswer_FollowsTheStore()
    {
        bool answers = true;
        await using ShopCluster shop = await ShopCluster.StartAsync(
            SmallShop.Schema,
            2,
            [],
            silo => silo.AddIncomingGrainCallFilter(call => Volatile.Read(ref answers) || call.InterfaceMethod.DeclaringType != typeof(ISiloExperimentsGrain)
                ? call.Invoke()
                : throw new TimeoutException("The grain's silo is lost.")));
        (_, string second) = await TwoVersionsAsync(shop);
        ExperimentRun run = await PutAsync(shop, Split(second));
        Volatile.Write(ref answers, false);

        // What the lost silo has stored before it could tell the others.
        IExperimentStore store = shop.Stores.GetRequiredService<IExperimentStore>();
        ExperimentRun rolledBack = run with { Status = ExperimentStatus.RolledBack, EndedAt = DateTimeOffset.UtcNow, Reason = "new: ctr" };
        await Eventually.BecomesAsync(
            "the end is stored",
            async () =>
            {
                ExperimentBoard board = await store.ReadAsync(Cancellation);
                return await store.TryWriteAsync(new(board.Revision, board.Reports) { Put = [board.Experiments[0] with { Run = rolledBack }] }, Cancellation);
            },
            stored => stored,
            cancellationToken: Cancellation);
        await WaitUntilNoneRunsAsync(shop);
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
