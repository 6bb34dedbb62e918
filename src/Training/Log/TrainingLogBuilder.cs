using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Log;

/// <summary>Builds a <see cref="TrainingLog"/> from items, profiles and events, which may come in any order.</summary>
public sealed class TrainingLogBuilder
{
    private readonly FeatureSchema _schema;
    private readonly Dictionary<string, byte> _types = new(StringComparer.Ordinal);
    private readonly Codebook _items = new();
    private readonly Codebook _users = new();
    private readonly Codebook _rankings = new();
    private readonly Growing<int> _catalogue = new();
    private readonly EntityTableBuilder _itemFeatures;
    private readonly EntityTableBuilder _userFeatures;
    private readonly EntityTableBuilder _contextFeatures;
    private readonly Growing<int> _user = new();
    private readonly Growing<int> _item = new();
    private readonly Growing<byte> _type = new();
    private readonly Growing<long> _timestamp = new();
    private readonly Growing<int> _ranking = new();
    private int _skipped;

    public TrainingLogBuilder(FeatureSchema schema)
    {
        _schema = schema;
        IReadOnlyList<string> types = schema.EventTypes;
        for (int i = 0; i < types.Count; i++)
        {
            _types.Add(types[i], checked((byte)i));
        }

        _itemFeatures = new(schema, FeatureSource.Item);
        _userFeatures = new(schema, FeatureSource.User);
        _contextFeatures = new(schema, FeatureSource.Context);
    }

    /// <summary>Adds or replaces an item.</summary>
    public void Add(Item item)
    {
        int index = Index(_items, _itemFeatures, item.ItemId);
        _itemFeatures.Set(index, item.Features);
        _catalogue.Add(index);
    }

    /// <summary>Adds or replaces a profile.</summary>
    public void Add(string userId, UserProfile profile) => _userFeatures.Set(Index(_users, _userFeatures, userId), profile.Features);

    /// <summary>Adds an event. An event whose type the schema does not have, for example because an older schema had it, is counted and left out.</summary>
    public void Add(BehaviourEvent behaviour)
    {
        if (!_types.TryGetValue(behaviour.Type, out byte type))
        {
            _skipped++;
            return;
        }

        _contextFeatures.Add(behaviour.Context);
        _user.Add(Index(_users, _userFeatures, behaviour.UserId));
        _item.Add(Index(_items, _itemFeatures, behaviour.ItemId));
        _type.Add(type);
        _timestamp.Add(behaviour.Timestamp.ToUnixTimeMilliseconds());
        _ranking.Add(behaviour.RankingId is { } ranking ? _rankings.Code(ranking) : -1);
    }

    /// <summary>Makes the log. The builder must not be used afterwards.</summary>
    public TrainingLog Build()
    {
        int[] userStart = UserStart();
        int[] order = Order(userStart);
        var events = new EventTable
        {
            UserStart = userStart,
            Item = _item.ToArray(order),
            Type = _type.ToArray(order),
            Timestamp = _timestamp.ToArray(order),
            Ranking = _ranking.ToArray(order),
        };
        EntityTable items = _itemFeatures.Build(ids: _items.Values);
        EntityTable users = _userFeatures.Build();
        EntityTable contexts = _contextFeatures.Build(order);
        bool[] inCatalogue = new bool[_items.Count];
        foreach (int item in _catalogue.ToArray())
        {
            inCatalogue[item] = true;
        }

        return new TrainingLog(_items, _users)
        {
            Schema = _schema,
            Items = items,
            InCatalogue = inCatalogue,
            Users = users,
            Contexts = contexts,
            Events = events,
            SkippedEvents = _skipped,
            Unreadable = [.. _itemFeatures.Unreadable, .. _userFeatures.Unreadable, .. _contextFeatures.Unreadable],
            Digest = LogDigest.Compute(_schema, _items.Values, _users.Values, items, users, contexts, events),
            Window = events.Count == 0
                ? (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)
                : (DateTimeOffset.FromUnixTimeMilliseconds(events.Timestamp.Min()), DateTimeOffset.FromUnixTimeMilliseconds(events.Timestamp.Max())),
        };
    }

    private static int Index(Codebook ids, EntityTableBuilder features, string id)
    {
        int known = ids.Count;
        int index = ids.Code(id);
        if (index == known)
        {
            features.Add(EmptyFeatures.Instance);
        }

        return index;
    }

    private int[] UserStart()
    {
        int[] start = new int[_users.Count + 1];
        for (int i = 0; i < _user.Count; i++)
        {
            start[_user[i] + 1]++;
        }

        for (int user = 0; user < _users.Count; user++)
        {
            start[user + 1] += start[user];
        }

        return start;
    }

    /// <summary>Sorts by user, then by time. Events of one moment keep the order in which they came.</summary>
    private int[] Order(int[] userStart)
    {
        int[] next = userStart[..^1];
        int[] order = new int[_user.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[next[_user[i]]++] = i;
        }

        int impression = _types.TryGetValue(FeatureSchema.Impression, out byte type) ? type : -1;
        var clocks = new RankingClocks(_timestamp, _ranking, e => _type[e] == impression);
        var byTime = Comparer<int>.Create((a, b) =>
            _timestamp[a] != _timestamp[b] ? _timestamp[a].CompareTo(_timestamp[b]) : a.CompareTo(b));
        for (int user = 0; user < _users.Count; user++)
        {
            clocks.Align(order.AsSpan(userStart[user]..userStart[user + 1]));
            Array.Sort(order, userStart[user], userStart[user + 1] - userStart[user], byTime);
        }

        return order;
    }
}
