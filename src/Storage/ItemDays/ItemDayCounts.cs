using System.Runtime.InteropServices;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Storage.ItemDays;

/// <summary>Counts the events that this process has accepted per item, day and type, until <see cref="ItemDayWriter"/> writes the counts.</summary>
/// <remarks>
/// The counts are in memory first, because a row that is changed with every event would slow down every write. A process that is killed loses those of
/// its last seconds.
/// </remarks>
public sealed class ItemDayCounts
{
    private readonly Lock _lock = new();
    private Dictionary<Key, long> _counts = [];

    /// <summary>Counts events that were accepted.</summary>
    public void Add(IEnumerable<BehaviourEvent> accepted)
    {
        lock (_lock)
        {
            foreach (BehaviourEvent behaviour in accepted)
            {
                Add(new(behaviour.ItemId, (int)(behaviour.Timestamp.UtcTicks / TimeSpan.TicksPerDay), behaviour.Type), 1);
            }
        }
    }

    /// <summary>Puts back counts that could not be written.</summary>
    public void Add(IEnumerable<ItemDayCount> unwritten)
    {
        lock (_lock)
        {
            foreach (ItemDayCount count in unwritten)
            {
                Add(new(count.ItemId, count.Day.DayNumber, count.Type), count.Count);
            }
        }
    }

    /// <summary>Takes all counts out, those of an item one after the other.</summary>
    public ItemDayCount[] Take()
    {
        Dictionary<Key, long> taken;
        lock (_lock)
        {
            taken = _counts;
            _counts = [];
        }

        return
        [
            .. taken.Select(c => new ItemDayCount(c.Key.ItemId, DateOnly.FromDayNumber(c.Key.Day), c.Key.Type, c.Value))
                .OrderBy(c => c.ItemId, StringComparer.Ordinal).ThenBy(c => c.Day).ThenBy(c => c.Type, StringComparer.Ordinal),
        ];
    }

    private void Add(Key key, long count) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, key, out _) += count;

    private readonly record struct Key(string ItemId, int Day, string Type);
}
