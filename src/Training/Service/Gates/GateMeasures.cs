using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Trainings;
using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Versions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Training.Service.Gates;

/// <summary>Measures a trained version on the latest slice of the log, against the active version on the same rankings, and on a silo.</summary>
internal sealed partial class GateMeasures(
    IArtifactStore artifacts,
    IGrainFactory grains,
    IOptions<GateOptions> options,
    ILogger<GateMeasures> logger)
{
    private readonly ILogger _logger = logger;

    /// <summary>Measures and judges a version.</summary>
    /// <param name="version">A version of the artifact store.</param>
    /// <param name="active">The active version; null before any.</param>
    /// <param name="log">The log that it was trained on.</param>
    /// <param name="trained">The options that the version was trained with.</param>
    /// <param name="niceness">By how much the measurement stands back for others, 0 to 19.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    public async Task<IReadOnlyList<GateResult>> MeasureAsync(
        string version, string? active, TrainingLog log, VersionOptions trained, int niceness, CancellationToken cancellationToken)
    {
        // What was just put into the store is read back from it, so that the version that is judged is the one that serves.
        string own = await artifacts.OpenAsync(version, cancellationToken).ConfigureAwait(false);
        string? champion = active is null || active == version ? null : await FindAsync(active, cancellationToken).ConfigureAwait(false);
        IEnumerable<GateResult> quality = await LowPriority.RunAsync(niceness, () => Quality(own, champion, log, trained, cancellationToken)).ConfigureAwait(false);
        VersionCheck check = await grains.GetGrain<IVersionCheckGrain>(0).CheckAsync(version, cancellationToken).ConfigureAwait(false);
        return [.. quality, .. GateRules.Service(check, options.Value)];
    }

    /// <summary>The folder of the active version; null where the store does not have it.</summary>
    private async Task<string?> FindAsync(string active, CancellationToken cancellationToken)
    {
        try
        {
            return await artifacts.OpenAsync(active, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArtifactException or VersionNotFoundException)
        {
            LogNotComparable(e, active);
            return null;
        }
    }

    private GateResult[] Quality(string own, string? champion, TrainingLog log, VersionOptions trained, CancellationToken cancellationToken)
    {
        TorchThreads.Use(trained.Trainer.Threads);
        SampleSplit slice = SampleSet.Build(log, trained.Samples).Test;
        if (slice.Count < options.Value.MinimumRankings)
        {
            return [.. GateRules.Quality(new([], false), null, slice.Count, options.Value)];
        }

        using var artifact = Artifact.Open(own);
        SliceMeasures measures = SliceMeasures.Measure(artifact, log, slice, cancellationToken);
        SliceMeasures? before = champion is null ? null : Champion(champion, log, slice, cancellationToken);
        return [.. GateRules.Quality(measures, before, slice.Count, options.Value)];
    }

    /// <summary>The active version's measures; null where it cannot be measured on this log, as after the schema has changed.</summary>
    private SliceMeasures? Champion(string folder, TrainingLog log, SampleSplit slice, CancellationToken cancellationToken)
    {
        try
        {
            using var artifact = Artifact.Open(folder);
            return SliceMeasures.Measure(artifact, log, slice, cancellationToken);
        }
        catch (Exception e) when (e is ArtifactException or DirectoryNotFoundException)
        {
            LogNotComparable(e, Path.GetFileName(folder));
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The active version {Version} cannot be measured on the log, and no version is compared with it")]
    private partial void LogNotComparable(Exception error, string version);
}
