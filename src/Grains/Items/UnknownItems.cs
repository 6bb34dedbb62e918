using System.Collections.Concurrent;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;

namespace DinOrleans.Grains.Items;

/// <summary>
/// Items that are made of their ids alone, kept for the next ranking that asks for them. Their number is bounded: when a generation is full, the one
/// before it is forgotten, so that made-up ids cannot fill the memory.
/// </summary>
internal sealed class UnknownItems
{
    /// <summary>The number of items of a generation.</summary>
    internal const int Limit = 5_000;

    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<string, CatalogueItem> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, CatalogueItem> _old = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The number of items of both generations.</summary>
    internal int Count => _young.Count + _old.Count;

    /// <summary>Returns the item of an id that the catalogue does not have.</summary>
    public CatalogueItem GetOrAdd(string itemId)
    {
        ConcurrentDictionary<string, CatalogueItem> young = _young;
        if (young.TryGetValue(itemId, out CatalogueItem? item))
        {
            return item;
        }

        if (!_old.TryGetValue(itemId, out item))
        {
            item = new CatalogueItem(new Item(itemId, EmptyFeatures.Instance), isKnown: false);
        }

        if (!young.TryAdd(itemId, item))
        {
            return young[itemId];
        }

        // The dictionary's own count would take all of its locks.
        if (Interlocked.Increment(ref _count) >= Limit)
        {
            Turn(young);
        }

        return item;
    }

    private void Turn(ConcurrentDictionary<string, CatalogueItem> full)
    {
        lock (_turning)
        {
            if (_young == full)
            {
                _old = full;
                _young = new(StringComparer.Ordinal);
                Volatile.Write(ref _count, 0);
            }
        }
    }
}
