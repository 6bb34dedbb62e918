using System.Collections;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Grains.Impressions;

/// <summary>The items of a ranking as impressions. It refers to the items, because every ranking is logged and a copy of each would cost time.</summary>
internal sealed class RankedImpressions(IReadOnlyList<RankedItem> items) : IReadOnlyList<Impression>
{
    public int Count => items.Count;

    public Impression this[int index] => new(items[index].ItemId, items[index].Score);

    public IEnumerator<Impression> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
