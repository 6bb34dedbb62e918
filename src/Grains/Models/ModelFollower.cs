using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Hosting;
using DinOrleans.Storage.Registry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Models;

/// <summary>
/// Keeps this silo's versions as the registry wants them: loads the active one before the silo takes grains, then reports and
/// follows a few times a second. A silo that cannot load it does not join while others serve.
/// </summary>
public sealed partial class ModelFollower(
    ModelHost host,
    IRegistryStore store,
    IGrainFactory grains,
    ILocalSiloDetails silo,
    ISiloStatusOracle members,
    IOptions<ModelOptions> options,
    TimeProvider time,
    ILogger<ModelFollower> logger) : SiloFollower(TimeSpan.FromMilliseconds(250), time, logger)
{
    private static readonly TimeSpan JoinPeriod = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time;
    private readonly ILogger _logger = logger;

    /// <summary>Reports and follows once, now.</summary>
    /// <returns>Whether something changed.</returns>
    public async Task<bool> SyncAsync(CancellationToken cancellationToken)
    {
        SiloModels before = host.Report(silo.SiloAddress.ToParsableString());
        ModelAssignment assignment = await grains.GetGrain<ISiloModelsGrain>(0).ReportAsync(before, cancellationToken).ConfigureAwait(false);
        await host.ApplyAsync(assignment, cancellationToken).ConfigureAwait(false);
        SiloModels after = host.Report(before.Silo);
        return before.Serving != after.Serving || !before.Loaded.SequenceEqual(after.Loaded) || before.Refused.Count != after.Refused.Count;
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        while (true)
        {
            RegistryState state = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
            await host.ApplyAsync(new(state.Activation.Active, Target: null, Retiring: null), cancellationToken).ConfigureAwait(false);
            if (state.Activation.Active is not { } active || host.Holds(active) || !OthersServe() || _time.GetElapsedTime(start) >= options.Value.Patience)
            {
                return;
            }

            // The users that this silo would take are better off where they are.
            LogWaits(active);
            await Task.Delay(JoinPeriod, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool OthersServe() => members.GetApproximateSiloStatuses(onlyActive: true).Keys.Any(s => !s.Equals(silo.SiloAddress));

    /// <inheritdoc/>
    protected override Task<bool> FollowAsync(CancellationToken cancellationToken) => SyncAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This silo does not join yet: it cannot load the active version {Version}, which others serve")]
    private partial void LogWaits(string version);
}
