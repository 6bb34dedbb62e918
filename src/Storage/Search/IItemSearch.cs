using DinOrleans.Contracts.Items;

namespace DinOrleans.Storage.Search;

/// <summary>Finds items of the catalogue. Every search reads no more than the rows that it returns, by indexes.</summary>
public interface IItemSearch
{
    /// <summary>
    /// Makes the index of each feature that has none, which reads the whole catalogue. With PostgreSQL, items are written meanwhile. With SQLite, writes
    /// wait for each index. The call is idempotent.
    /// </summary>
    /// <param name="features">The names of features: lower-case letters, digits and underscores.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True if all indexes are there now, and false if another process is making them: ask again later.</returns>
    Task<bool> PrepareAsync(IReadOnlyList<string> features, CancellationToken cancellationToken);

    /// <summary>Finds items in ascending order of the code points of their ids.</summary>
    /// <param name="search">The search, whose feature was prepared.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<Item>> FindAsync(ItemSearch search, CancellationToken cancellationToken);

    /// <summary>Reads items by their ids, in any order. Those that the catalogue does not have are left out.</summary>
    Task<IReadOnlyList<Item>> GetAsync(IReadOnlyList<string> itemIds, CancellationToken cancellationToken);
}
