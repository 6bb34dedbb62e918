using DinOrleans.Grains.Hosting;
using DinOrleans.Grains.Models;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Popularity;

/// <summary>
/// Counts popularity again while rankings use it, that is before the first version is active, and only as often as a count is due.
/// </summary>
public sealed class PopularityFollower(PopularityIndex index, ModelHost models, TimeProvider time, ILogger<PopularityFollower> logger)
    : SiloFollower(TimeSpan.FromSeconds(5), time, logger)
{
    /// <summary>How long the start of a silo waits for the first count. A longer count goes on while the silo ranks.</summary>
    private static readonly TimeSpan StartWaits = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time = time;
    private Task _counting = Task.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>It runs after the models are loaded, because nothing is counted where one is active.</remarks>
    protected override int LoadStage => ServiceLifecycleStage.ApplicationServices + 1;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (!models.HasActive)
        {
            _counting = index.RefreshAsync(Stopping);
            Task waited = Task.Delay(StartWaits, _time, cancellationToken);
            await (await Task.WhenAny(_counting, waited).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        Task counting = _counting;
        _counting = Task.CompletedTask;
        await counting.ConfigureAwait(false);
        if (!models.HasActive && index.IsDue)
        {
            await index.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        return false;
    }
}
