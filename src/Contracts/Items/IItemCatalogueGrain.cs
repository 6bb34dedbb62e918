namespace DinOrleans.Contracts.Items;

/// <summary>Writes to the item catalogue. There is one grain, with key 0. Every silo has the catalogue in memory and reads it there.</summary>
[Alias("DinOrleans.IItemCatalogueGrain")]
public interface IItemCatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>Adds or replaces items, all of them or none. Every silo uses them within a second.</summary>
    /// <returns>The number of items that were written.</returns>
    /// <exception cref="InvalidInputException">An item breaks a rule. No item was written.</exception>
    /// <exception cref="StoreUnavailableException">It is not known whether the items were written. Send them again.</exception>
    [Alias("Put"), ResponseTimeout(CallDeadlines.Usual)]
    Task<int> PutAsync([Immutable] IReadOnlyList<Item> items, CancellationToken cancellationToken = default);
}
