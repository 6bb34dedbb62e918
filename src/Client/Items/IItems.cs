namespace DinOrleans.Client;

/// <summary>The catalogue of a server.</summary>
public interface IItems
{
    /// <summary>Adds or replaces items, in requests of 1,000 each, of which all are applied or none.</summary>
    Task PutAsync(IReadOnlyCollection<CatalogueItem> items, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds or replaces any number of items in one request, which is sent while the items are read. The server writes them in batches of up to 1,000, and
    /// leaves out a batch with an item that breaks a rule. The call is not sent again, because the items are read once.
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Ends the call. Some batches may have been written.</param>
    /// <returns>The number of items that were written.</returns>
    /// <exception cref="DinOrleansException">
    /// Items broke rules, which name the item's line from 1 on, or there was no item. <see cref="DinOrleansException.Accepted"/> items were written all the same.
    /// </exception>
    Task<long> PutLinesAsync(IAsyncEnumerable<CatalogueItem> items, CancellationToken cancellationToken = default);

    /// <summary>Returns an item as the catalogue has it; null where it does not have it.</summary>
    Task<CatalogueItem?> GetAsync(string itemId, CancellationToken cancellationToken = default);

    /// <summary>Returns items by their ids. Those that the catalogue does not have are left out.</summary>
    /// <param name="itemIds">The ids, 1 to 100.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<FoundItem>> GetAsync(IReadOnlyCollection<string> itemIds, CancellationToken cancellationToken = default);

    /// <summary>Removes an item. From then on it is one that the catalogue does not have. The call may be repeated.</summary>
    Task DeleteAsync(string itemId, CancellationToken cancellationToken = default);

    /// <summary>Returns a page of the items that a search finds, in ascending order of their ids.</summary>
    Task<ItemPage> FindAsync(ItemSearch search, CancellationToken cancellationToken = default);

    /// <summary>Returns the items with the most events of the main behaviour sequence, as they were counted last.</summary>
    /// <param name="limit">The number of items at most, 1 to 100.</param>
    /// <param name="feature">A feature that the items must have a value of; null for all items.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<PopularItems> GetPopularAsync(int limit = 20, FeatureValue? feature = null, CancellationToken cancellationToken = default);

    /// <summary>Returns the items whose embeddings in the active version are most similar to that of an item.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="limit">The number of items at most, 1 to 100.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null where no version is active, or where the active one has not learned the item.</returns>
    Task<SimilarItems?> GetSimilarAsync(string itemId, int limit = 20, CancellationToken cancellationToken = default);

    /// <summary>Returns how many events of each type an item had per day. The counts follow the events by a few seconds.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="days">How many days to look back from the item's latest day with events, 1 to 366.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ItemDays> GetDaysAsync(string itemId, int days = 90, CancellationToken cancellationToken = default);
}
