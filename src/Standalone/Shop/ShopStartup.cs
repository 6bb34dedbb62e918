using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Shop;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Standalone.Shop;

/// <summary>Once the silo runs: fills the stores, trains and publishes the first version where none is active, and says how to rank.</summary>
/// <remarks>What fails here ends the host, and the program with one line.</remarks>
public sealed partial class ShopStartup(
    ShopFolders folders,
    ShopSchema schema,
    ShopLoader loader,
    TrainingLogReader log,
    IArtifactStore artifacts,
    IGrainFactory grains,
    RankingExample example,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<ShopStartup> logger) : BackgroundService
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The silo may stop before this service is told to: the host says first that all of it stops.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await StartedAsync(stopping.Token).ConfigureAwait(false);
            long loaded = await loader.LoadAsync(stopping.Token).ConfigureAwait(false);
            if (loaded > 0)
            {
                Console.WriteLine($"Loaded {loaded:N0} events from {folders.Dataset}.");
            }

            await PublishAsync(grains.GetGrain<IModelRegistryGrain>(0), stopping.Token).ConfigureAwait(false);
            Console.WriteLine();
            Console.WriteLine("Rank candidates for a user:");
            Console.WriteLine(await example.CurlAsync(stopping.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (stopping.IsCancellationRequested)
        {
            // What is cut short may fail in any way, a call of the silo that has stopped among them.
            LogStopped();
            LogCutShort(e);
        }
    }

    /// <summary>
    /// Publishes the version that was asked for, or trains a first one. A version that was published before is left to whoever has
    /// activated another one since.
    /// </summary>
    private async Task PublishAsync(IModelRegistryGrain registry, CancellationToken cancellationToken)
    {
        ModelRegistry state = await registry.GetAsync(cancellationToken).ConfigureAwait(false);
        bool serves = state.Assignment.Active is not null;
        if (serves && folders.Artifact is null)
        {
            return;
        }

        string? version = folders.Artifact is { } artifact ? Import(artifact) : await TrainAsync(cancellationToken).ConfigureAwait(false);
        if (version is null || (serves && state.Versions.Any(v => v.Version == version)))
        {
            return;
        }

        await registry.PublishAsync(version, cancellationToken).ConfigureAwait(false);
        await WaitUntilServedAsync(registry, version, cancellationToken).ConfigureAwait(false);
        Console.WriteLine($"Published version {version}.");
    }

    /// <summary>Takes a version into the store that can serve this shop: the store is for good, and its names are given once.</summary>
    /// <exception cref="ArtifactException">The version is damaged, or does not fit the shop.</exception>
    private string Import(string folder)
    {
        using (Artifact version = Artifact.Open(folder))
        {
            if (schema.Check(version.Manifest.Schema) is { } mismatch)
            {
                throw new ArtifactException(folder, mismatch);
            }
        }

        return artifacts.Import(folder);
    }

    /// <returns>The version; null where the log gives none, as when it is too small. The shop then goes on as it is, by popularity.</returns>
    private async Task<string?> TrainAsync(CancellationToken cancellationToken)
    {
        var options = new VersionOptions();
        TrainingLog data = await log.ReadAsync(FeatureSchema.Load(folders.SchemaFile), options.Samples.AttributionWindow, cancellationToken).ConfigureAwait(false);
        foreach (UnreadableNumbers unreadable in data.Unreadable)
        {
            LogUnreadable(unreadable);
        }

        Console.WriteLine($"Training DIN on {data.Events.Item.Length:N0} events of {data.UserIds.Count:N0} users; rankings are by popularity meanwhile.");
        try
        {
            TrainedVersion trained = await VersionTrainer.TrainAsync(
                data, options, folders.Scratch, time, new ProgressLine(Console.Out), cancellationToken).ConfigureAwait(false);
            return artifacts.Import(trained.Folder);
        }
        catch (Exception e) when (e is InvalidContentException or InvalidDataException or TrainingDivergedException)
        {
            LogNotTrained(e);
            await Console.Error.WriteLineAsync(
                $"error: no version was trained, and rankings stay by popularity: {e.Message} The next start tries again; \"train\" of src/Cli takes options, and --artifact serves what it makes.").ConfigureAwait(false);
            return null;
        }
        finally
        {
            if (Directory.Exists(folders.Scratch))
            {
                Directory.Delete(folders.Scratch, recursive: true);
            }
        }
    }

    private async Task WaitUntilServedAsync(IModelRegistryGrain registry, string version, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PollPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            ModelRegistry state = await registry.GetAsync(cancellationToken).ConfigureAwait(false);
            if (state.Versions.FirstOrDefault(v => v.Version == version)?.RefusedBecause is { } reason)
            {
                throw new InvalidDataException($"Version {version} was refused: {reason}");
            }

            if (state.Silos.Count > 0 && state.Silos.All(s => s.Serving == version))
            {
                return;
            }
        }
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration whenStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Unreadable}")]
    private partial void LogUnreadable(UnreadableNumbers unreadable);

    [LoggerMessage(Level = LogLevel.Debug, Message = "No first version was trained")]
    private partial void LogNotTrained(Exception error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The stop cut the preparation of the shop short")]
    private partial void LogCutShort(Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped before the first version was published; the next start goes on")]
    private partial void LogStopped();
}
