using System.Globalization;
using DinOrleans.ClusterClient;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Datasets;
using DinOrleans.Model.Validation;
using DinOrleans.Programs.Terminal;
using DinOrleans.Storage.Artifacts;
using DinOrleans.TrainAndPublish;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

if (args is not [var dataset, var dataFolder, var given] || !int.TryParse(given, CultureInfo.InvariantCulture, out int port))
{
    Console.Error.WriteLine("Usage: TrainAndPublish DATASET DATA-FOLDER PORT, such as data/sample-shop data 30000");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
string scratch = Directory.CreateTempSubdirectory("train-and-publish-").FullName;
try
{
    TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(dataset), stop.Token);
    var options = new VersionOptions { Trainer = new TrainerOptions { Epochs = 1 } };
    using LiveLine line = LiveLine.OfOutput();
    TrainedVersion trained = await VersionTrainer.TrainAsync(log, options, scratch, TimeProvider.System, new ProgressLine(line), stop.Token);

    string version = await new FolderArtifactStore(Path.Combine(dataFolder, "versions")).ImportAsync(trained.Folder, stop.Token);

    HostApplicationBuilder builder = Host.CreateApplicationBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    builder.AddDinOrleansGrainClient(cluster => cluster.GatewayPort = port);
    using IHost host = builder.Build();
    await host.StartAsync(stop.Token);
    await new Publisher(host.Services.GetRequiredService<IGrainFactory>().GetGrain<IModelRegistryGrain>(0)).PublishAsync(version, stop.Token);
    Console.WriteLine($"Version {version} is active.");
    await host.StopAsync(stop.Token);
    return 0;
}
catch (Exception e) when (e is InvalidContentException or InvalidDataException or IOException or TrainingDivergedException or InvalidInputException or StoreUnavailableException or OrleansException or TimeoutException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 1;
}
finally
{
    Directory.Delete(scratch, recursive: true);
}
