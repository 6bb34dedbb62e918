using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Trainings;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestMachine;
using DinOrleans.Training.Service;
using DinOrleans.Training.Tests.Service.Attempts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace DinOrleans.Training.Tests.Service;

public sealed class TrainingServiceTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly FakeCluster _cluster = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_AfterAProcessThatWasKilled_RemovesTheFoldersOfTrainingsThatAreOverAndNoOthers()
    {
        _cluster.Trainings.AddRange([Training("ended", TrainingState.Published, DateTimeOffset.UnixEpoch), Training("waits", TrainingState.Waiting, null)]);
        foreach (string id in (string[])["ended", "forgotten", "waits"])
        {
            _data.Write($"trainings/{id}/attempt-0001/checkpoint.bin", "weights");
        }

        await using ServiceProvider services = Services();
        TrainingService service = services.GetServices<IHostedService>().OfType<TrainingService>().Single();
        await service.StartAsync(Cancellation);
        services.GetRequiredService<TrainingStart>().Open();
        string[] left = await Eventually.BecomesAsync(
            "folders of trainings that are over are gone", Folders, folders => folders.Length < 2, cancellationToken: Cancellation);
        await service.StopAsync(Cancellation);
        Assert.Equal(["waits"], left);
        Assert.True(File.Exists(_data["trainings/waits/attempt-0001/checkpoint.bin"]));
    }

    [Theory]
    [InlineData(ExperimentStatus.Running)]
    [InlineData(ExperimentStatus.Waiting)]
    public async Task Trigger_WhileAVersionIsOnItsWayToTheUsers_AsksForNoTrainingUntilItsRollOutHasEnded(ExperimentStatus status)
    {
        var rollOut = new ExperimentRun
        {
            Experiment = new() { Name = "rollout.v2", Mode = ExperimentMode.Canary, Arms = [new() { Name = "new", Version = "v2" }], Ramp = [100], Promotes = true },
            Salt = "s",
            StartedAt = DateTimeOffset.UnixEpoch,
            StageSince = DateTimeOffset.UnixEpoch,
            Status = status,
        };
        _cluster.Experiments = [rollOut];
        _cluster.Past = new(IsIdle: true, LastRequestedAt: DateTimeOffset.UnixEpoch, LastDataUntil: null, SinceFresh: 0);
        await using ServiceProvider services = Services();
        TrainingService service = services.GetServices<IHostedService>().OfType<TrainingService>().Single();
        await service.StartAsync(Cancellation);
        services.GetRequiredService<TrainingStart>().Open();
        await Eventually.BecomesAsync("the service has seen the roll-out", () => _cluster.LooksAtExperiments, looks => looks >= 2, cancellationToken: Cancellation);
        Assert.Empty(_cluster.Requests);
        _cluster.Experiments = [rollOut with { Status = ExperimentStatus.Stopped, EndedAt = DateTimeOffset.UnixEpoch }];
        await Eventually.BecomesAsync("a training is asked for", () => _cluster.Requests.Count, requests => requests > 0, cancellationToken: Cancellation);
        await service.StopAsync(Cancellation);
        Assert.Equal(TrainingTrigger.Schedule, Assert.Single(_cluster.Requests).Trigger);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    private string[] Folders() => [.. Directory.GetDirectories(_data["trainings"]).Select(f => Path.GetFileName(f)).Order()];

    private ServiceProvider Services() => new ServiceCollection()
        .AddLogging()
        .AddSingleton(_cluster.Grains)
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("Training:AskEvery", "00:00:00.1")]).Build())
        .AddSingleton<IHostApplicationLifetime>(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance))
        .AddSqliteStorage(_data.Path)
        .AddTrainingService(_data.Path, isOnly: true)
        .BuildServiceProvider();

    private static TrainingInfo Training(string id, TrainingState state, DateTimeOffset? ended) => new()
    {
        Id = id,
        Trigger = TrainingTrigger.Hand,
        State = state,
        RequestedAt = DateTimeOffset.UnixEpoch,
        EndedAt = ended,
    };
}
