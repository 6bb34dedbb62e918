using DinOrleans.Grains.Hosting;
using DinOrleans.Grains.Models;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Popularity;

/// <summary>
/// Counts popularity anew while it is what rankings use, that is before any version is active, and only as often as a count is due.
/// </summary>
public sealed class PopularityFollower(PopularityIndex index, ModelHost models, TimeProvider time, ILogger<PopularityFollower> logger)
    : SiloFollower(TimeSpan.FromSeconds(5), time, logger)
{
    /// <summary>How long the start of a silo waits for the first count; a longer one goes on beside the rankings.</summary>
    private static readonly TimeSpan StartWaits = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time = time;
    private Task _counting = Task.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>After the models are loaded: where one is active, nothing is counted.</remarks>
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
