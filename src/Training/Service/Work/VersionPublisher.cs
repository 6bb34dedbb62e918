using DinOrleans.Contracts.Models;

namespace DinOrleans.Training.Service.Work;

/// <summary>Hands a version that has passed its gates over to the cluster.</summary>
internal sealed class VersionPublisher(IGrainFactory grains)
{
    /// <summary>Publishes a version of the artifact store. Doing it twice is as doing it once.</summary>
    public Task PublishAsync(string version, CancellationToken cancellationToken) =>
        grains.GetGrain<IModelRegistryGrain>(0).PublishAsync(version, cancellationToken);

    /// <summary>The version that serves; null before any.</summary>
    public async Task<string?> ActiveAsync(CancellationToken cancellationToken)
    {
        ModelRegistry registry = await grains.GetGrain<IModelRegistryGrain>(0).GetAsync(cancellationToken).ConfigureAwait(false);
        return registry.Assignment.Active;
    }
}
