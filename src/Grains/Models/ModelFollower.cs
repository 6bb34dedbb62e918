using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Hosting;
using DinOrleans.Storage.Registry;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Models;

/// <summary>
/// Keeps this silo's versions as the registry wants them: loads the active one before the silo takes grains, then reports and
/// follows a few times a second.
/// </summary>
public sealed class ModelFollower(
    ModelHost host,
    IRegistryStore store,
    IGrainFactory grains,
    ILocalSiloDetails silo,
    TimeProvider time,
    ILogger<ModelFollower> logger) : SiloFollower(TimeSpan.FromMilliseconds(250), time, logger)
{
    /// <summary>Reports and follows once, now.</summary>
    /// <returns>Whether something changed.</returns>
    public async Task<bool> SyncAsync(CancellationToken cancellationToken)
    {
        SiloModelReport before = host.Report(silo.SiloAddress.ToParsableString());
        ModelAssignment assignment = await grains.GetGrain<IModelRegistryGrain>(0).ReportAsync(before, cancellationToken).ConfigureAwait(false);
        await host.ApplyAsync(assignment, cancellationToken).ConfigureAwait(false);
        SiloModelReport after = host.Report(before.Silo);
        return before.Serving != after.Serving || !before.Loaded.SequenceEqual(after.Loaded) || before.Refused.Count != after.Refused.Count;
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        RegistryState state = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        await host.ApplyAsync(new(state.Active, Target: null, Retiring: null), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override Task<bool> FollowAsync(CancellationToken cancellationToken) => SyncAsync(cancellationToken);
}
