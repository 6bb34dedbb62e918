using DinOrleans.Contracts.Items;

namespace DinOrleans.Storage.Features;

/// <summary>Keeps the item catalogue. Every write has a revision, which is greater than those of all writes before it.</summary>
public interface IItemStore
{
    /// <summary>Adds or replaces items in one transaction, and returns after the commit is on disk. Of several items with one id, the last one counts.</summary>
    /// <returns>The revision of the write.</returns>
    Task<long> PutAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken);

    /// <summary>
    /// Removes an item, and returns after the commit is on disk. The id stays with the revision of its removal, from which processes learn of it.
    /// </summary>
    /// <returns>False if there is no such item.</returns>
    Task<bool> DeleteAsync(string itemId, CancellationToken cancellationToken);

    /// <summary>Reads an item. Null if there is no such item.</summary>
    Task<Item?> GetAsync(string itemId, CancellationToken cancellationToken);

    /// <summary>Streams all items in the order of their revisions.</summary>
    IAsyncEnumerable<Item> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Hands over what was written after a revision, removals included, in any order.</summary>
    /// <param name="revision">The revision after which to read. 0 reads everything.</param>
    /// <param name="take">Takes each row. Several threads may call it at the same time, each for other items.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The revision from which to go on: everything up to it was handed over, and possibly some of what came after it.</returns>
    Task<long> ReadChangesAsync(long revision, ItemRowTaker take, CancellationToken cancellationToken);
}
