using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Validation;
using DinOrleans.Storage.Artifacts;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Models;

/// <inheritdoc cref="IVersionOriginGrain"/>
[StatelessWorker, Reentrant]
public sealed partial class VersionOriginGrain(IArtifactStore artifacts, ILogger<VersionOriginGrain> logger) : Grain, IVersionOriginGrain
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public async Task<VersionOrigin?> GetAsync(string version, CancellationToken cancellationToken)
    {
        ModelRegistry registry = await GrainFactory.GetGrain<IModelRegistryGrain>(0).GetAsync(cancellationToken);
        return registry.Versions.Any(v => v.Version == version) ? await ReadAsync(version, cancellationToken) : null;
    }

    private async Task<VersionOrigin?> ReadAsync(string version, CancellationToken cancellationToken)
    {
        try
        {
            ArtifactManifest manifest = await artifacts.ReadManifestAsync(version, cancellationToken);
            return new()
            {
                Version = version,
                Kind = manifest.Model,
                CreatedAt = manifest.CreatedAt,
                StartedFrom = manifest.StartedFrom,
                Options = manifest.Options.GetRawText(),
                From = manifest.Data.From,
                Until = manifest.Data.To,
                Events = manifest.Data.Events,
                Calibration =
                [
                    .. (manifest.Calibration ?? []).Select(t => new Contracts.Models.TaskCalibration(t.Task, [.. t.Bins.Select(b => new CalibrationBin(b.Predicted, b.Observed, b.Samples))])),
                ],
            };
        }
        catch (Exception e) when (e is InvalidContentException or VersionNotFoundException or ArgumentException)
        {
            LogUnreadable(e, version);
            return null;
        }
        catch (IOException e)
        {
            LogUnreadable(e, version);
            throw new StoreUnavailableException($"The manifest of version {version} cannot be read now.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The origin of version {Version} cannot be read")]
    private partial void LogUnreadable(Exception error, string version);
}
