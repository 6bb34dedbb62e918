using System.IO.Hashing;
using System.Runtime.InteropServices;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets;

/// <summary>Counts what is written into a dataset. It keeps a hash of 128 bits per user and item, and nothing per event.</summary>
internal sealed class DatasetCounts
{
    /// <summary>The number of ids that are kept to name one that the catalogue lacks. Where items come after events, most of them are found later.</summary>
    private const int Examples = 100;

    private readonly HashSet<UInt128> _items = [];
    private readonly HashSet<UInt128> _users = [];
    private readonly Dictionary<UInt128, long> _eventItems = [];
    private readonly List<string> _examples = [];
    private DateTimeOffset _from = DateTimeOffset.MaxValue;
    private DateTimeOffset _to = DateTimeOffset.MinValue;

    public long Items { get; private set; }

    public long Profiles { get; private set; }

    public long Events { get; private set; }

    public void AddItem(string itemId)
    {
        Items++;
        _items.Add(Hash(itemId));
    }

    public void AddProfile() => Profiles++;

    public void AddEvent(BehaviourEvent behaviour)
    {
        Events++;
        _users.Add(Hash(behaviour.UserId));
        _from = behaviour.Timestamp < _from ? behaviour.Timestamp : _from;
        _to = behaviour.Timestamp > _to ? behaviour.Timestamp : _to;
        UInt128 item = Hash(behaviour.ItemId);
        ref long count = ref CollectionsMarshal.GetValueRefOrAddDefault(_eventItems, item, out bool isKnown);
        count++;
        if (!isKnown && _examples.Count < Examples && !_items.Contains(item))
        {
            _examples.Add(behaviour.ItemId);
        }
    }

    public DatasetSummary Summary()
    {
        long[] unmatched = [.. _eventItems.Where(e => !_items.Contains(e.Key)).Select(e => e.Value)];
        return new(Items, Profiles, Events, _users.Count)
        {
            Window = Events > 0 ? (_from, _to) : null,
            UnmatchedEvents = unmatched.Sum(),
            UnmatchedItems = unmatched.Length,
            UnmatchedItem = _examples.Find(id => !_items.Contains(Hash(id))),
        };
    }

    private static UInt128 Hash(string id) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(id.AsSpan()));
}
