using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Shop;
using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Training.Service;

namespace DinOrleans.Standalone.Shop;

/// <summary>Once the silo runs: fills the stores, has the first version trained or publishes the one that was given, and says how to rank.</summary>
/// <remarks>What fails here ends the host, and the program with one line.</remarks>
public sealed partial class ShopStartup(
    ShopFolders folders,
    ShopSchema schema,
    ShopLoader loader,
    UsersInMemory users,
    IArtifactStore artifacts,
    IGrainFactory grains,
    PatientCalls calls,
    TrainingStart training,
    FirstTraining firstTraining,
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
                await calls.CallAsync(users.ReleaseAsync, stopping.Token).ConfigureAwait(false);
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
    /// Publishes the version that was asked for, or has a first one trained. A version that was published before is left to whoever has
    /// activated another one since.
    /// </summary>
    private async Task PublishAsync(IModelRegistryGrain registry, CancellationToken cancellationToken)
    {
        ModelRegistry state = await calls.CallAsync(() => registry.GetAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        bool serves = state.Assignment.Active is not null;
        if (folders.Artifact is { } artifact)
        {
            string version = await ImportAsync(artifact, cancellationToken).ConfigureAwait(false);
            if (!serves || !state.Versions.Any(v => v.Version == version))
            {
                await calls.CallAsync(() => registry.PublishAsync(version, cancellationToken), cancellationToken).ConfigureAwait(false);
                await TellAsync(registry, version, cancellationToken).ConfigureAwait(false);
            }

            training.Open();
            return;
        }

        training.Open();
        if (!serves && await firstTraining.RunAsync(cancellationToken).ConfigureAwait(false) is { } first)
        {
            await TellAsync(registry, first, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(IModelRegistryGrain registry, string version, CancellationToken cancellationToken)
    {
        await WaitUntilServedAsync(registry, version, cancellationToken).ConfigureAwait(false);
        Console.WriteLine($"Published version {version}.");
    }

    /// <summary>Takes a version into the store that can serve this shop: the store is for good, and its names are given once.</summary>
    /// <exception cref="ArtifactException">The version is damaged, or does not fit the shop.</exception>
    private async Task<string> ImportAsync(string folder, CancellationToken cancellationToken)
    {
        using (Artifact version = Artifact.Open(folder))
        {
            if (schema.Check(version.Manifest.Schema) is { } mismatch)
            {
                throw new ArtifactException(folder, mismatch);
            }
        }

        return await artifacts.ImportAsync(folder, cancellationToken).ConfigureAwait(false);
    }

    private async Task WaitUntilServedAsync(IModelRegistryGrain registry, string version, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PollPeriod, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            ModelRegistry state = await calls.CallAsync(() => registry.GetAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
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

    [LoggerMessage(Level = LogLevel.Debug, Message = "The stop cut the preparation of the shop short")]
    private partial void LogCutShort(Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped before the first version was published; the next start goes on")]
    private partial void LogStopped();
}
