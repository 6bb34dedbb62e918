using DinOrleans.Grains.Hosting;
using DinOrleans.Grains.Models;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Popularity;

/// <summary>Counts popularity anew every few seconds while it is what rankings use, that is before any version is active.</summary>
public sealed class PopularityFollower(PopularityIndex index, ModelHost models, TimeProvider time, ILogger<PopularityFollower> logger)
    : SiloFollower(TimeSpan.FromSeconds(5), time, logger)
{
    /// <inheritdoc/>
    protected override Task LoadAsync(CancellationToken cancellationToken) => index.RefreshAsync(cancellationToken);

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        if (!models.HasActive)
        {
            await index.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }

        return false;
    }
}
