using DinOrleans.Storage.Artifacts.Objects;
using DinOrleans.Storage.Artifacts.Objects.AzureBlob;
using DinOrleans.Storage.Artifacts.Objects.S3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Storage.Artifacts.Hosting;

/// <summary>Registers the store of model versions.</summary>
internal static class ArtifactServiceCollectionExtensions
{
    /// <summary>Keeps model versions where the section <see cref="ArtifactOptions.Section"/> says.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="leftOversAfter">How long an unfinished version must have been unchanged before a start removes it.</param>
    public static IServiceCollection AddArtifacts(this IServiceCollection services, string folder, TimeSpan leftOversAfter)
    {
        services.AddOptions<ArtifactOptions>().BindConfiguration(ArtifactOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(s => Create(s, folder));
        services.AddHostedService(s => new ArtifactStart(s.GetRequiredService<IArtifactStore>(), leftOversAfter, s.GetRequiredService<ILogger<ArtifactStart>>()));
        return services;
    }

    private static IArtifactStore Create(IServiceProvider services, string folder)
    {
        ArtifactOptions options = services.GetRequiredService<IOptions<ArtifactOptions>>().Value;
        return options.Store switch
        {
            ArtifactStoreKind.S3 => CreateRemote(services, folder, options, new S3CompatibleBucket(options)),
            ArtifactStoreKind.AzureBlob => CreateRemote(services, folder, options, new AzureBlobBucket(options)),
            _ => new FolderArtifactStore(Path.Combine(folder, "versions")),
        };
    }

    private static ObjectArtifactStore CreateRemote(IServiceProvider services, string folder, ArtifactOptions options, IBucket bucket)
    {
        TimeProvider time = services.GetRequiredService<TimeProvider>();
        var cache = new VersionCache(options.CacheFolder ?? Path.Combine(folder, "version-cache"), services.GetRequiredService<ILogger<VersionCache>>());
        var transfer = new ObjectTransfer(bucket, options.Timeout, options.Retries, time, services.GetRequiredService<ILogger<ObjectTransfer>>());
        var objects = new VersionObjects(bucket, transfer, options.Prefix ?? "");
        return new(bucket, objects, transfer, cache, services.GetRequiredService<StorageInstruments>(), time, services.GetRequiredService<ILogger<ObjectArtifactStore>>());
    }
}
