using DinOrleans.Contracts.Models;

namespace DinOrleans.TrainAndPublish;

/// <summary>Publishes versions of the artifact store to a running cluster.</summary>
/// <param name="registry">The registry of the cluster.</param>
public sealed class Publisher(IModelRegistryGrain registry)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Publishes a version and waits until the cluster has moved to it.</summary>
    /// <param name="version">The name of a version that is in the artifact store.</param>
    /// <param name="cancellationToken">Ends the wait. The cluster moves to the version all the same.</param>
    /// <exception cref="InvalidDataException">A silo refused the version. The version before stays active.</exception>
    public async Task PublishAsync(string version, CancellationToken cancellationToken)
    {
        await registry.PublishAsync(version, cancellationToken);
        using var timer = new PeriodicTimer(LookEvery);
        do
        {
            ModelRegistry state = await registry.GetAsync(cancellationToken);
            if (state.Assignment.Active == version)
            {
                return;
            }

            if (state.Versions.FirstOrDefault(v => v.Version == version)?.RefusedBecause is { } reason)
            {
                throw new InvalidDataException($"The cluster refused version {version}: {reason}");
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
