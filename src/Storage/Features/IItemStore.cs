using DinOrleans.Contracts.Items;

namespace DinOrleans.Storage.Features;

/// <summary>The durable item catalogue.</summary>
public interface IItemStore
{
    /// <summary>Adds or replaces items in one transaction; returns after the commit is on disk.</summary>
    /// <returns>The revision that the write made.</returns>
    Task<long> PutAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken);

    /// <summary>Items written after a revision, streamed in order of revision; 0 reads all.</summary>
    IAsyncEnumerable<(long Revision, Item Item)> ReadSinceAsync(long revision, CancellationToken cancellationToken);
}
