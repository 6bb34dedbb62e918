using System.IO.Hashing;
using System.Runtime.InteropServices;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Datasets;

namespace DinOrleans.Training.Samples;

/// <summary>Builds a <see cref="TrainingLog"/> from streams: items and users first, then events in any order.</summary>
public sealed class TrainingLogBuilder
{
    private readonly FeatureSchema _schema;
    private readonly Dictionary<string, byte> _types;
    private readonly Interner _items = new();
    private readonly Interner _users = new();
    private readonly Interner _rankings = new();
    private readonly ColumnBuilder _itemColumns;
    private readonly ColumnBuilder _userColumns;
    private readonly ColumnBuilder _contextColumns;
    private readonly List<int> _user = [];
    private readonly List<int> _item = [];
    private readonly List<byte> _type = [];
    private readonly List<long> _time = [];
    private readonly List<int> _ranking = [];

    public TrainingLogBuilder(FeatureSchema schema)
    {
        _schema = schema;
        _types = schema.EventTypes.Select((name, i) => (name, i)).ToDictionary(t => t.name, t => (byte)t.i, StringComparer.Ordinal);
        _itemColumns = new(schema, FeatureSource.Item);
        _userColumns = new(schema, FeatureSource.User);
        _contextColumns = new(schema, FeatureSource.Context);
    }

    /// <summary>Adds or replaces an item of the catalogue.</summary>
    public void AddItem(Item item)
    {
        int index = ItemIndex(item.ItemId);
        _itemColumns.Set(index, item.Features);
    }

    /// <summary>Adds or replaces a profile.</summary>
    public void AddUser(string userId, UserProfile profile) => _userColumns.Set(UserIndex(userId), profile.Features);

    /// <summary>Adds an event. One of a type that the schema does not have is left out: it belongs to an earlier schema.</summary>
    public void AddEvent(BehaviourEvent one)
    {
        if (!_types.TryGetValue(one.Type, out byte type))
        {
            return;
        }

        _user.Add(UserIndex(one.UserId));
        _item.Add(ItemIndex(one.ItemId));
        _type.Add(type);
        _time.Add(one.Timestamp.ToUnixTimeMilliseconds());
        _ranking.Add(one.RankingId is { } ranking ? _rankings.Code(ranking) : -1);
        _contextColumns.Add(one.Context);
    }

    /// <summary>Sorts and closes the log.</summary>
    /// <exception cref="DatasetException">There are no events.</exception>
    public TrainingLog Build()
    {
        if (_user.Count == 0)
        {
            throw new DatasetException("The log has no events to learn from.");
        }

        int[] order = [.. Enumerable.Range(0, _user.Count)];
        Array.Sort(order, (a, b) =>
        {
            int byUser = _user[a].CompareTo(_user[b]);
            int byTime = byUser != 0 ? byUser : _time[a].CompareTo(_time[b]);
            return byTime != 0 ? byTime : a.CompareTo(b);
        });
        int[] start = new int[_users.Values.Count + 1];
        foreach (int user in _user)
        {
            start[user + 1]++;
        }

        for (int i = 1; i < start.Length; i++)
        {
            start[i] += start[i - 1];
        }

        var events = new EventTable(
            start, Array.ConvertAll(order, i => _item[i]), Array.ConvertAll(order, i => _type[i]), Array.ConvertAll(order, i => _time[i]), Array.ConvertAll(order, i => _ranking[i]));
        return new TrainingLog
        {
            Schema = _schema,
            ItemIds = _items.Values,
            UserIds = _users.Values,
            Items = _itemColumns.Build(),
            Users = _userColumns.Build(),
            Contexts = _contextColumns.Build(order),
            Events = events,
            Digest = Digest(events),
            Window = (DateTimeOffset.FromUnixTimeMilliseconds(events.Timestamp.Min()), DateTimeOffset.FromUnixTimeMilliseconds(events.Timestamp.Max())),
        };
    }

    private static string Digest(EventTable events)
    {
        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes(events.UserStart.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(events.Item.AsSpan()));
        hash.Append(events.Type);
        hash.Append(MemoryMarshal.AsBytes(events.Timestamp.AsSpan()));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private int ItemIndex(string itemId)
    {
        if (_items.TryAdd(itemId, out int index))
        {
            _itemColumns.Add(new Dictionary<string, string> { [FeatureSchema.ItemId] = itemId });
        }

        return index;
    }

    private int UserIndex(string userId)
    {
        if (_users.TryAdd(userId, out int index))
        {
            _userColumns.Add(EmptyFeatures.Instance);
        }

        return index;
    }
}
