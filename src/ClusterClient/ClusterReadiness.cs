using DinOrleans.Contracts.Schema;
using DinOrleans.Programs.Monitoring;

namespace DinOrleans.ClusterClient;

/// <summary>A client of the cluster can do its work where the cluster answers it.</summary>
public sealed class ClusterReadiness(IGrainFactory grains) : IReadiness
{
    /// <inheritdoc/>
    public async Task<string?> ReasonAgainstAsync(CancellationToken cancellationToken)
    {
        await grains.GetGrain<ISchemaGrain>(0).GetAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }
}
