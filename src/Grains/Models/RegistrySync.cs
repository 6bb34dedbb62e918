using DinOrleans.Contracts.Models;

namespace DinOrleans.Grains.Models;

/// <summary>Brings the versions of this silo in line with the model registry.</summary>
public sealed class RegistrySync(ModelHost host, IGrainFactory grains, ILocalSiloDetails silo)
{
    /// <summary>Reports what this silo holds, and loads and releases versions as the registry answers.</summary>
    /// <returns>True if the silo holds other versions than before.</returns>
    public async Task<bool> SyncAsync(CancellationToken cancellationToken)
    {
        SiloModels before = host.Report(silo.SiloAddress.ToParsableString());
        ModelAssignment assignment = await grains.GetGrain<ISiloModelsGrain>(0).ReportAsync(before, cancellationToken).ConfigureAwait(false);
        await host.ApplyAsync(assignment, cancellationToken).ConfigureAwait(false);
        SiloModels after = host.Report(before.Silo);
        return before.Serving != after.Serving || !before.Loaded.SequenceEqual(after.Loaded) || before.Refused.Count != after.Refused.Count;
    }
}
