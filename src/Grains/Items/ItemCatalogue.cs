using System.Runtime.CompilerServices;
using DinOrleans.Grains.Items.Columns;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Shop;
using DinOrleans.Storage.Features;

namespace DinOrleans.Grains.Items;

/// <summary>The item catalogue in the memory of a silo. It follows the store by revision. Reading takes no lock.</summary>
public sealed class ItemCatalogue(IItemStore store, ShopSchema shop) : IDisposable
{
    private readonly ItemRecords _records = new(shop.Features);
    private readonly ConditionalWeakTable<LoadedModel, ItemVectors> _vectors = [];
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private long _revision;

    /// <summary>Grows with every write that this silo has seen. While it does not change, no item does.</summary>
    public long Revision => Volatile.Read(ref _revision);

    /// <summary>The number of items.</summary>
    public int Count => _records.Count;

    /// <summary>Finds an item. An item that the catalogue does not have is made of its id alone.</summary>
    public CatalogueItem Find(string itemId) => new(itemId, _records.Find(itemId));

    /// <summary>
    /// Finds items in their order. In a large catalogue every read waits for memory, so items are found many at a time: their reads then wait together.
    /// </summary>
    public CatalogueItem[] Find(ReadOnlySpan<string> itemIds)
    {
        var items = new CatalogueItem[itemIds.Length];
        Span<int> numbers = stackalloc int[Utf8Numbers.AtOnce];
        for (int start = 0; start < items.Length; start += Utf8Numbers.AtOnce)
        {
            ReadOnlySpan<string> ids = itemIds[start..Math.Min(start + Utf8Numbers.AtOnce, items.Length)];
            _records.Find(ids, numbers);
            for (int i = 0; i < ids.Length; i++)
            {
                items[start + i] = new(ids[i], numbers[i]);
            }
        }

        return items;
    }

    /// <summary>
    /// Returns the stamp of an item, which changes with every write of the item: vectors that were made under another stamp are stale. It is 0 for an
    /// item that the catalogue does not have.
    /// </summary>
    public int Stamp(CatalogueItem item) => item.IsKnown ? _records.Stamp(item.Number) : 0;

    /// <summary>False if rankings must leave the item out at this time. An item that the catalogue does not have is available.</summary>
    public bool IsAvailable(CatalogueItem item, DateTimeOffset time) =>
        !item.IsKnown || _records.IsAvailable(item.Number, (uint)Math.Clamp(time.ToUnixTimeSeconds(), 0, uint.MaxValue));

    /// <summary>Makes the vectors of items in a version.</summary>
    public ItemVectors Vectors(LoadedModel model) =>
        _vectors.TryGetValue(model, out ItemVectors? vectors) ? vectors : _vectors.GetValue(model, m => new ItemVectors(_records, m.Artifact));

    /// <summary>Takes over what was written since the last refresh. Every write that was acknowledged before the call is seen.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long revision = await store.ReadChangesAsync(_revision, _records.Apply, cancellationToken).ConfigureAwait(false);

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
