using DinOrleans.Contracts.Items;

namespace DinOrleans.Storage.Features;

/// <summary>Keeps the item catalogue.</summary>
public interface IItemStore
{
    /// <summary>Adds or replaces items in one transaction, and returns after the commit is on disk.</summary>
    /// <returns>The revision of the catalogue after the write.</returns>
    Task<long> PutAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken);

    /// <summary>Streams the items that were written after a revision, in the order of revisions. 0 reads all items.</summary>
    IAsyncEnumerable<(long Revision, Item Item)> ReadSinceAsync(long revision, CancellationToken cancellationToken);
}
