using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Shop;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Validation;
using DinOrleans.Storage.Artifacts;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Models;

/// <summary>Reads how a version describes itself. It reads only the manifest, because the caller waits for it.</summary>
public sealed partial class VersionDescriptions(IArtifactStore artifacts, ShopSchema shop, TimeProvider time, ILogger<VersionDescriptions> logger)
{
    /// <summary>Describes a version of the artifact store as one that is published now.</summary>
    /// <exception cref="InvalidInputException">The store has no such version, its manifest breaks a rule, or it was made for another shop.</exception>
    /// <exception cref="StoreUnavailableException">The manifest cannot be read now.</exception>
    public async Task<ModelVersionInfo> ReadAsync(string version, CancellationToken cancellationToken)
    {
        try
        {
            ArtifactManifest manifest = await artifacts.ReadManifestAsync(version, cancellationToken);
            if (shop.Check(manifest.Schema) is { } mismatch)
            {
                throw new ArtifactException(version, mismatch);
            }

            return new ModelVersionInfo
            {
                Version = version,
                Kind = manifest.Model,
                PublishedAt = time.GetUtcNow(),
                Metrics = manifest.Metrics,
                ScoresAreProbabilities = manifest.ScoresAreProbabilities,
            };
        }
        catch (Exception e) when (e is InvalidContentException or VersionNotFoundException or ArgumentException)
        {
            throw new InvalidInputException([new("version", PublicText.Describe(e))]);
        }
        catch (ArtifactStoreException e)
        {
            LogUnreadable(e, version);
            throw new StoreUnavailableException($"The manifest of version {version} cannot be read now. {e.Message}");
        }
        catch (IOException e)
        {
            LogUnreadable(e, version);
            throw new StoreUnavailableException($"The manifest of version {version} cannot be read now.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The manifest of version {Version} cannot be read")]
    private partial void LogUnreadable(Exception error, string version);
}
