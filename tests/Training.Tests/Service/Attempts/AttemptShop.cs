using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Trainings;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
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

/// <summary>A shop whose trainings run in this process, with everything real but the cluster.</summary>
internal sealed class AttemptShop : IDisposable
{
    public const string SmallModel = """{"din":{"options":{"attentionUnits":[4],"topUnits":[4]},"training":{"epochs":2,"patience":2},"minimumCount":1}}""";

    private ServiceProvider? _services;
    private int _trainings;

    public TemporaryFolder Data { get; } = new();

    public FakeTimeProvider Time { get; } = new(LogOf.Start.AddDays(30));

    public FakeCluster Cluster { get; } = new();

    public Dictionary<string, string?> Settings { get; } = new() { ["Training:Options"] = SmallModel, ["Gates:Share"] = "0.1", ["Gates:MinimumRankings"] = "1", ["Gates:MaxGaucLoss"] = "1", ["Gates:MaxLogLossRise"] = "10" };

    public FeatureSchema Schema { get; init; } = LogOf.Schema();

    public IArtifactStore Artifacts => Store<IArtifactStore>();

    /// <summary>The folder of a version, where versions are kept in a folder.</summary>
    public string FolderOf(string version) => Path.Combine(Data.Path, "versions", version);

    public WorkFolders Folders => Store<WorkFolders>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ServiceProvider Services => _services ??= Build();

    public T Store<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public void Dispose()
    {
        _services?.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Data.Dispose();
    }

    /// <summary>Ends the process. The next use starts another one, by the settings as they are then.</summary>
    public void Restart()
    {
        _services?.Dispose();
        _services = null;
    }

    /// <summary>A training that a service has just taken.</summary>
    public TrainingInfo Next() => new()
    {
        Id = $"t{++_trainings}",
        Trigger = TrainingTrigger.Hand,
        State = TrainingState.Running,
        RequestedAt = Time.GetUtcNow(),
        Attempt = 1,
    };

    public Task RunAsync() => RunAsync(Next());

    public Task RunAsync(TrainingPast past) => RunAsync(Next(), past);

    public Task RunAsync(TrainingInfo training) => RunAsync(training, new(true, null, null, 0));

    public async Task RunAsync(TrainingInfo training, TrainingPast past)
    {
        // Versions are named by the second.
        Time.Advance(TimeSpan.FromSeconds(1));
        var reports = new AttemptReports(Cluster, training, TimeProvider.System, NullLogger.Instance);
        await using (reports.ConfigureAwait(false))
        {
            await Store<TrainingAttempt>()
                .RunAsync(new(training, Schema.ToJson(), past), Folders.Of(training.Id), reports, Cancellation);
        }
    }

    /// <summary>Users who are shown three items each, twice, and click one of them.</summary>
    public async Task PutAsync(int users, int day, params string[] more)
    {
        string[] items = ["a", "b", "c", "d", "e", .. more];
        await Store<IItemStore>().PutAsync([.. items.Select(i => new Item(i, EmptyFeatures.Instance))], Cancellation);
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

        await Store<IBehaviourLog>().AppendAsync(events, Cancellation);
    }

    /// <summary>Makes the services of one more process, by the settings as they are.</summary>
    private ServiceProvider Build()
    {
        IServiceCollection services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time).AddSingleton(Cluster.Grains)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        services.AddSqliteStorage(Data.Path).AddTrainingService(Data.Path, isOnly: true);
        return services.BuildServiceProvider();
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
