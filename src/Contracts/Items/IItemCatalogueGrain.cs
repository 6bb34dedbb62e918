using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Items;

/// <summary>
/// Writes to the item catalogue, and reads single items as they are stored. There is one grain, with key 0. Every silo has what rankings need of the
/// catalogue in memory and reads it there.
/// </summary>
[Alias("DinOrleans.IItemCatalogueGrain"), Version(1)]
public interface IItemCatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>Adds or replaces items, all of them or none. Every silo uses them within a second.</summary>
    /// <returns>The number of items that were written.</returns>
    /// <exception cref="InvalidInputException">An item breaks a rule. No item was written.</exception>
    /// <exception cref="StoreUnavailableException">It is not known whether the items were written. Send them again.</exception>
    [Alias("Put"), ResponseTimeout(CallDeadlines.Usual)]
    Task<int> PutAsync([Immutable] IReadOnlyList<Item> items, CancellationToken cancellationToken = default);

    /// <summary>Reads an item. Null if the catalogue does not have it.</summary>
    /// <exception cref="InvalidInputException">The id breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The item cannot be read now.</exception>
    [Alias("Get"), ResponseTimeout(CallDeadlines.Usual)]
    Task<Item?> GetAsync(string itemId, CancellationToken cancellationToken = default);

    /// <summary>Removes an item. From then on it is one that the catalogue does not know. The call may be repeated.</summary>
    /// <returns>False if the catalogue does not have the item.</returns>
    /// <exception cref="InvalidInputException">The id breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">It is not known whether the item was removed. Send the call again.</exception>
    [Alias("Delete"), ResponseTimeout(CallDeadlines.Usual)]
    Task<bool> DeleteAsync(string itemId, CancellationToken cancellationToken = default);
}
