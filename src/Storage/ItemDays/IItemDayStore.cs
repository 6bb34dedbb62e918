using DinOrleans.Contracts;

namespace DinOrleans.Storage.ItemDays;

/// <summary>
/// Keeps how many events each item had per day, for the last year of each item. It knows no users: an erasure, and the removal of old events, leave the
/// counts as they are.
/// </summary>
public interface IItemDayStore
{
    /// <summary>The days of an item that are kept, up to its latest one.</summary>
    const int KeptDays = InputLimits.ItemDays;

    /// <summary>Adds to the counts, all of them or none, and removes the days of these items that are older than what is kept.</summary>
    /// <param name="counts">The counts to add.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">Nothing was added, or the connection was lost before the store could say so.</exception>
    Task AddAsync(IReadOnlyList<ItemDayCount> counts, CancellationToken cancellationToken);

    /// <summary>Reads the counts of an item by its key, so it takes as long however many items and events there are.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="days">How many days to read up to the latest one that has events, 1 to <see cref="KeptDays"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The counts in the order of their days. Days without events are left out.</returns>
    Task<IReadOnlyList<ItemDayCount>> ReadAsync(string itemId, int days, CancellationToken cancellationToken);
}
