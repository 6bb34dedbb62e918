using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Models;

namespace DinOrleans.Training.Service.Attempts;

/// <summary>Hands a version that has passed its gates over to the cluster.</summary>
internal sealed class VersionPublisher(IGrainFactory grains)
{
    /// <summary>Brings a version of the artifact store to the users, as the cluster's settings say. Doing it twice is as doing it once.</summary>
    public Task PublishAsync(string version, CancellationToken cancellationToken) =>
        grains.GetGrain<IExperimentsGrain>(0).RollOutAsync(version, cancellationToken);

    /// <summary>The version that serves; null before any.</summary>
    public async Task<string?> ActiveAsync(CancellationToken cancellationToken)
    {
        ModelRegistry registry = await grains.GetGrain<IModelRegistryGrain>(0).GetAsync(cancellationToken).ConfigureAwait(false);
        return registry.Assignment.Active;
    }
}
