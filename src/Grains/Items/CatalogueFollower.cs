using DinOrleans.Grains.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Items;

/// <summary>Takes over what other silos write to the catalogue, four times per second.</summary>
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Items} items of the catalogue")]
    private partial void LogLoaded(int items);
}
