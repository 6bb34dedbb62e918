using DinOrleans.Grains.Hosting;
using DinOrleans.Storage.Registry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Models;

/// <summary>
/// Keeps this silo's versions in line with the registry. It loads the active version before the silo takes grains, and then synchronises four
/// times per second. A silo that cannot load the active version does not join while others serve.
/// </summary>
public sealed partial class ModelFollower(
    ModelHost host,
    RegistrySync registry,
    IRegistryStore store,
    ILocalSiloDetails silo,
    ISiloStatusOracle members,
    IOptions<ModelOptions> options,
    TimeProvider time,
    ILogger<ModelFollower> logger) : SiloFollower(TimeSpan.FromMilliseconds(250), time, logger)
{
    private static readonly TimeSpan JoinPeriod = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time;
    private readonly ILogger _logger = logger;

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
    protected override Task<bool> FollowAsync(CancellationToken cancellationToken) => registry.SyncAsync(cancellationToken);

    [LoggerMessage(EventId = 312, Level = LogLevel.Warning, Message = "This silo does not join yet: it cannot load the active version {Version}, which others serve")]
    private partial void LogWaits(string version);
}
