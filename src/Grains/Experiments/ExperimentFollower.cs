using DinOrleans.Contracts.Experiments;
using DinOrleans.Grains.Hosting;
using DinOrleans.Grains.Models;
using DinOrleans.Storage.Experiments;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Experiments;

/// <summary>
/// Keeps this silo's experiments as the cluster has them, and reports what was counted, once a second. A silo knows the experiments and has loaded
/// their versions before it takes grains, so that no user of an arm is answered by another one meanwhile.
/// </summary>
public sealed class ExperimentFollower(
    ExperimentDesk desk,
    ModelHost models,
    IExperimentStore store,
    IGrainFactory grains,
    ILocalSiloDetails silo,
    TimeProvider time,
    ILogger<ExperimentFollower> logger) : SiloFollower(TimeSpan.FromSeconds(1), time, logger)
{
    private SiloCounts? _unacknowledged;
    private long _number = time.GetUtcNow().UtcTicks;

    /// <summary>Before the models are loaded, so that those of the experiments are among them.</summary>
    protected override int LoadStage => ServiceLifecycleStage.ApplicationServices - 1;

    /// <summary>Reports and follows once, now.</summary>
    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        // A report whose answer was lost may have been stored: it is sent again as it was.
        _unacknowledged ??= new(silo.SiloAddress.ToParsableString(), ++_number, desk.Take());
        IReadOnlyList<ExperimentRun> runs =
            await grains.GetGrain<ISiloExperimentsGrain>(0).ReportAsync(_unacknowledged, cancellationToken).ConfigureAwait(false);
        _unacknowledged = null;
        Follow(runs);
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellationToken) =>
        Follow((await store.ReadAsync(cancellationToken).ConfigureAwait(false)).Experiments.Select(e => e.Run));

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SyncAsync(cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The grain's silo may be lost, and with it the word of what it has stored: that an arm was rolled back must not wait for another silo.
            await LoadAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private void Follow(IEnumerable<ExperimentRun> runs)
    {
        desk.Follow(runs);
        models.Hold(desk.Versions);
    }
}
