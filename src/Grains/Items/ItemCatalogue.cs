using System.Collections.Concurrent;
using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;

namespace DinOrleans.Grains.Items;

/// <summary>The item catalogue in the memory of a silo. It follows the store by revision.</summary>
public sealed class ItemCatalogue(IItemStore store) : IDisposable
{
    private readonly ConcurrentDictionary<string, CatalogueItem> _items = new(StringComparer.Ordinal);
    private readonly UnknownItems _unknown = new();
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private long _revision;

    /// <summary>Grows with every write that this silo has seen. While it does not change, no item does.</summary>
    public long Revision => Volatile.Read(ref _revision);

    public int Count => _items.Count;

    /// <summary>Finds an item. An item that the catalogue does not have is made of its id alone.</summary>
    public CatalogueItem Find(string itemId) => _items.TryGetValue(itemId, out CatalogueItem? item)
        ? item
        : _unknown.GetOrAdd(itemId);

    /// <summary>Takes over what was written since the last refresh. Every write that was acknowledged before the call is seen.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long revision = _revision;
            await foreach ((long written, Item item) in store.ReadSinceAsync(revision, cancellationToken).ConfigureAwait(false))
            {
                _items[item.ItemId] = new CatalogueItem(item, isKnown: true, written);
                revision = written;
            }

            // Last, and only after the whole read, so that a read that broke off is repeated.
            Volatile.Write(ref _revision, revision);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _refreshing.Dispose();
}
