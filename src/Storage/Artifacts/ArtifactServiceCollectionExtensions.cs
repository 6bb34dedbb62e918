using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage.Artifacts;

/// <summary>Registers the store of model versions.</summary>
internal static class ArtifactServiceCollectionExtensions
{
    /// <summary>Keeps model versions in the folder <c>versions</c> of the data folder.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="leftOversAfter">How long an unfinished folder must have been unchanged before a start removes it.</param>
    public static IServiceCollection AddArtifacts(this IServiceCollection services, string folder, TimeSpan leftOversAfter)
    {
        services.AddSingleton<IArtifactStore>(_ => new FolderArtifactStore(Path.Combine(folder, "versions")));
        services.AddHostedService(s => new ArtifactLeftOvers(
            s.GetRequiredService<IArtifactStore>(), leftOversAfter, s.GetRequiredService<ILogger<ArtifactLeftOvers>>()));
        return services;
    }
}
