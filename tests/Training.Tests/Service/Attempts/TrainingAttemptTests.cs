using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Trainings;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Service;
using DinOrleans.Training.Service.Attempts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Training.Tests.Service.Attempts;

/// <summary>A training from the log of a store to the registry, with everything real but the cluster.</summary>
public sealed class TrainingAttemptTests : IDisposable
{
    private const string SmallModel = """{"din":{"options":{"attentionUnits":[4],"topUnits":[4]},"training":{"epochs":2,"patience":2},"minimumCount":1}}""";
    private const string ItemKey = "item.item_id";

    private readonly TemporaryFolder _data = new();
    private readonly FakeTimeProvider _time = new(LogOf.Start.AddDays(30));
    private readonly FakeCluster _cluster = new();
    private readonly Dictionary<string, string?> _settings = new() { ["Training:Options"] = SmallModel, ["Gates:Share"] = "0.1", ["Gates:MinimumRankings"] = "1", ["Gates:MaxGaucLoss"] = "1", ["Gates:MaxLogLossRise"] = "10" };
    private ServiceProvider? _services;
    private int _trainings;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static FeatureSchema Schema => LogOf.Schema();

    private ServiceProvider Services => _services ??= Build();

    private IArtifactStore Artifacts => Services.GetRequiredService<IArtifactStore>();

    private WorkFolders Folders => Services.GetRequiredService<WorkFolders>();

    [Fact]
    public async Task RunAsync_FromAStoresLog_PublishesAndTellsEachStep()
    {
        await PutAsync(users: 40, day: 0);
        await RunAsync();

        string version = Assert.Single(_cluster.Published);
        Assert.Equal([version], Artifacts.List());
        TrainingReport[] told = [.. _cluster.Reports];
        Assert.Equal([TrainingState.Running, TrainingState.Gating, TrainingState.Published], told.Select(r => r.State).Distinct());
        Assert.Equal([1, 2], told.Last(r => r.Curve is not null).Curve!.Select(p => p.Epoch));
        GateResult[] gates = [.. told.Last(r => r.Gates is not null).Gates!];
        Assert.Equal(["gauc", "logLoss", "calibration", "storedSample", "loadTime"], gates.Select(g => g.Name));
        Assert.Equal("no champion", gates[0].Note);
        Assert.Equal((version, _time.GetUtcNow()), (told[^1].Version, told[^1].DataUntil));
    }

    [Fact]
    public async Task RunAsync_ASecondTraining_StartsFromTheActiveVersionAndIsComparedWithIt()
    {
        await PutAsync(users: 40, day: 0);
        await RunAsync();
        await RunAsync();
        Assert.Equal(_cluster.Published[0], _cluster.Reports[^1].StartedFrom);
        using Artifact second = Artifact.Open(Artifacts.Open(_cluster.Published[1]));
        Assert.Equal(_cluster.Published[0], second.Manifest.StartedFrom);
        GateResult gauc = _cluster.Reports.Last(r => r.Gates is not null).Gates![0];
        Assert.True(gauc is { Champion: > 0, Value: > 0, Limit: not null }, $"{gauc}");
    }

    [Fact]
    public async Task RunAsync_AVersionThatFailsAGate_IsRejectedWithTheReasonAndLeavesTheStore()
    {
        await PutAsync(users: 40, day: 0);
        _cluster.Check = new(TimeSpan.FromSeconds(1), 0.5, 1e-4, null);
        await RunAsync();
        Assert.Empty(_cluster.Published);
        Assert.Empty(Artifacts.List());
        TrainingReport last = _cluster.Reports[^1];
        Assert.Equal(TrainingState.Rejected, last.State);
        Assert.Equal("storedSample is 0.5, and the limit is 0.0001.", last.Error);
    }

    [Fact]
    public async Task RunAsync_TrainingThatIsAnothersByNow_StopsAndPublishesNothing()
    {
        await PutAsync(users: 40, day: 0);
        _cluster.IsOurs = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(RunAsync);
        Assert.Empty(_cluster.Published);
        Assert.Empty(Artifacts.List());
    }

    [Fact]
    public async Task RunAsync_AfterAnAttemptThatHadTrained_TakesItsVersion()
    {
        await PutAsync(users: 40, day: 0);
        TrainingInfo training = Next();
        _cluster.Check = new(TimeSpan.Zero, null, 0, null);
        WorkFolder folder = Folders.Of(training.Id);
        await RunAsync(training);
        string trained = Path.GetFileName(folder.TrainedVersion()!);
        _cluster.Check = new(TimeSpan.FromSeconds(1), 1e-6, 1e-4, null);
        await RunAsync(training with { Attempt = 2 });
        Assert.Equal([trained], _cluster.Published);
    }

    [Fact]
    public async Task RunAsync_WithWarmStarts_ForgetsWhatTheLogNoLongerHasAtTheNextFreshStart()
    {
        _settings["Training:MaxAge"] = "10.00:00:00";
        _settings["Training:FreshEvery"] = "1";
        await PutAsync(users: 40, day: 25, "gone");
        await RunAsync();
        _time.Advance(TimeSpan.FromDays(20));
        await PutAsync(users: 40, day: 45);
        await RunAsync(new TrainingPast(true, null, null, SinceFresh: 0));
        await RunAsync(new TrainingPast(true, null, null, SinceFresh: 1));
        Assert.Equal([true, true, false], _cluster.Published.Select(KnowsGone));
        Assert.Equal([null, _cluster.Published[0], null], _cluster.Published.Select(v => ArtifactManifest.Read(Artifacts.Open(v)).StartedFrom));
    }

    [Fact]
    public async Task RunAsync_WhereFreshWeightsAreAskedFor_StartsFromNone()
    {
        await PutAsync(users: 40, day: 0);
        await RunAsync();
        await RunAsync(Next() with { FreshWeights = true });
        Assert.Null(ArtifactManifest.Read(Artifacts.Open(_cluster.Published[1])).StartedFrom);
    }

    [Fact]
    public async Task RunAsync_ActiveVersionThatIsGone_StartsFromFreshWeightsAndIsNotCompared()
    {
        await PutAsync(users: 40, day: 0);
        _cluster.Active = "gone";
        await RunAsync();
        Assert.Null(ArtifactManifest.Read(Artifacts.Open(Assert.Single(_cluster.Published))).StartedFrom);
        Assert.Equal("no champion", _cluster.Reports.Last(r => r.Gates is not null).Gates![0].Note);
    }

    [Fact]
    public async Task RunAsync_ActiveVersionOfAnotherModel_StartsFromFreshWeightsAndIsComparedAllTheSame()
    {
        await PutAsync(users: 40, day: 0);
        await RunAsync();
        Restart();
        _settings["Training:Options"] = SmallModel.Replace("\"topUnits\":[4]", "\"topUnits\":[6]", StringComparison.Ordinal);
        await RunAsync();
        Assert.NotNull(_cluster.Reports.Last(r => r.Gates is not null).Gates![0].Champion);
        Assert.Null(ArtifactManifest.Read(Artifacts.Open(_cluster.Published[1])).StartedFrom);
    }

    [Fact]
    public async Task RunAsync_TooLittleData_SaysWhatIsMissing()
    {
        InvalidContentException refused = await Assert.ThrowsAsync<InvalidContentException>(RunAsync);
        Assert.Contains("nothing to learn from", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_cluster.Published);
    }

    public void Dispose()
    {
        _services?.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    /// <summary>Makes the services of one more process, by the settings as they are.</summary>
    private ServiceProvider Build()
    {
        IServiceCollection services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_time).AddSingleton(_cluster.Grains)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build());
        services.AddSqliteStorage(_data.Path).AddTrainingService(_data.Path, isOnly: true);
        return services.BuildServiceProvider();
    }

    private void Restart()
    {
        _services?.Dispose();
        _services = null;
    }

    private bool KnowsGone(string version)
    {
        using Artifact artifact = Artifact.Open(Artifacts.Open(version));
        return artifact.Vocabularies[ItemKey].Values.Contains("gone");
    }

    private TrainingInfo Next() => new()
    {
        Id = $"t{++_trainings}",
        Trigger = TrainingTrigger.Hand,
        State = TrainingState.Running,
        RequestedAt = _time.GetUtcNow(),
        Attempt = 1,
    };

    private Task RunAsync() => RunAsync(Next());

    private Task RunAsync(TrainingPast past) => RunAsync(Next(), past);

    private Task RunAsync(TrainingInfo training) => RunAsync(training, new(true, null, null, 0));

    private async Task RunAsync(TrainingInfo training, TrainingPast past)
    {
        // Versions are named by the second.
        _time.Advance(TimeSpan.FromSeconds(1));
        var reports = new AttemptReports(_cluster, training, TimeProvider.System, NullLogger.Instance);
        await using (reports.ConfigureAwait(false))
        {
            await Services.GetRequiredService<TrainingAttempt>()
                .RunAsync(new(training, Schema.ToJson(), past), Folders.Of(training.Id), reports, Cancellation);
        }
    }

    /// <summary>Users who are shown three items each, twice, and click one of them.</summary>
    private async Task PutAsync(int users, int day, params string[] more)
    {
        string[] items = ["a", "b", "c", "d", "e", .. more];
        await Services.GetRequiredService<IItemStore>().PutAsync([.. items.Select(i => new Item(i, EmptyFeatures.Instance))], Cancellation);
        List<BehaviourEvent> events = [];
        for (int user = 0; user < users; user++)
        {
            for (int ranking = 0; ranking < 2; ranking++)
            {
                DateTimeOffset moment = LogOf.Start.AddDays(day).AddMinutes((user * 10) + (ranking * 5));
                string[] shown = [.. Enumerable.Range(0, 3).Select(i => items[(user + i) % items.Length])];
                events.AddRange(shown.Select((item, i) => Event(user, item, "impression", moment.AddSeconds(i), $"r{day}-{user}-{ranking}")));
                events.Add(Event(user, shown[(user + ranking) % 3], "click", moment.AddMinutes(1), $"r{day}-{user}-{ranking}"));
            }
        }

        await Services.GetRequiredService<IBehaviourLog>().AppendAsync(events, Cancellation);
    }

    private static BehaviourEvent Event(int user, string item, string type, DateTimeOffset moment, string ranking) => new()
    {
        EventId = $"{ranking}-{item}-{type}",
        UserId = $"u{user}",
        ItemId = item,
        Type = type,
        Timestamp = moment,
        RankingId = ranking,
    };
}
