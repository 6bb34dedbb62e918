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
        IEnumerable<GateResult> quality = await LowPriority.RunAsync(
            niceness, () => Quality(version, active == version ? null : active, log, trained, cancellationToken)).ConfigureAwait(false);
        VersionCheck check = await grains.GetGrain<IVersionCheckGrain>(0).CheckAsync(version, cancellationToken).ConfigureAwait(false);
        return [.. quality, .. GateRules.Service(check, options.Value)];
    }

    private GateResult[] Quality(string version, string? active, TrainingLog log, VersionOptions trained, CancellationToken cancellationToken)
    {
        TorchThreads.Use(trained.Trainer.Threads);
        SampleSplit slice = SampleSet.Build(log, trained.Samples).Test;
        if (slice.Count < options.Value.MinimumRankings)
        {
            return [.. GateRules.Quality(new([], false), null, slice.Count, options.Value)];
        }

        using var artifact = Artifact.Open(artifacts.Open(version));
        SliceMeasures own = SliceMeasures.Measure(artifact, log, slice, cancellationToken);
        SliceMeasures? champion = active is null ? null : Champion(active, log, slice, cancellationToken);
        return [.. GateRules.Quality(own, champion, slice.Count, options.Value)];
    }

    /// <summary>The active version's measures; null where it cannot be measured on this log, as after the schema has changed.</summary>
    private SliceMeasures? Champion(string active, TrainingLog log, SampleSplit slice, CancellationToken cancellationToken)
    {
        try
        {
            using var artifact = Artifact.Open(artifacts.Open(active));
            return SliceMeasures.Measure(artifact, log, slice, cancellationToken);
        }
        catch (Exception e) when (e is ArtifactException or DirectoryNotFoundException)
        {
            LogNotComparable(e, active);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The active version {Version} cannot be measured on the log, and no version is compared with it")]
    private partial void LogNotComparable(Exception error, string version);
}
