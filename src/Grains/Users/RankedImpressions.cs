using System.Collections;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Grains.Users;

/// <summary>What a ranking returned, seen as impressions: every ranking is logged, and each would be copied for it.</summary>
/// <remarks>Keeps the items, and where they were explained, each behaviour's weight with them.</remarks>
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
