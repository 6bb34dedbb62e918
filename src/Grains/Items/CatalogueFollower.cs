using DinOrleans.Grains.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Items;

/// <summary>Takes over other silos' writes to the catalogue a few times a second.</summary>
public sealed partial class CatalogueFollower(ItemCatalogue catalogue, TimeProvider time, ILogger<CatalogueFollower> logger)
    : SiloFollower(TimeSpan.FromMilliseconds(250), time, logger)
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await catalogue.RefreshAsync(cancellationToken).ConfigureAwait(false);
        LogLoaded(catalogue.Count);
    }

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        await catalogue.RefreshAsync(cancellationToken).ConfigureAwait(false);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Holds {Items} items")]
    private partial void LogLoaded(int items);
}
