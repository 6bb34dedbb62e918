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

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    private string[] Folders() => [.. Directory.GetDirectories(_data["trainings"]).Select(f => Path.GetFileName(f)).Order()];

    private ServiceProvider Services() => new ServiceCollection()
        .AddLogging()
        .AddSingleton(_cluster.Grains)
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
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
