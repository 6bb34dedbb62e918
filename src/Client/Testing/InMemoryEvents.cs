namespace DinOrleans.Client.Testing;

/// <summary>Events, each once per user.</summary>
internal sealed class InMemoryEvents
{
    private readonly Lock _appending = new();
    private readonly HashSet<(string User, string Event)> _ids = [];
    private readonly List<BehaviourEvent> _events = [];
    private readonly Dictionary<(string Item, DateOnly Day, string Type), long> _counts = [];

    /// <summary>All events in the order of their arrival.</summary>
    public IReadOnlyList<BehaviourEvent> All
    {
        get
        {
            lock (_appending)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Adds an event unless the user has one of its id.</summary>
    public bool TryAdd(BehaviourEvent behaviour)
    {
        lock (_appending)
        {
            bool isNew = _ids.Add((behaviour.UserId, behaviour.EventId));
            if (isNew)
            {
                _events.Add(behaviour);
                (string, DateOnly, string) counted = (behaviour.ItemId, DateOnly.FromDateTime(behaviour.Timestamp.UtcDateTime), behaviour.Type);
                _counts[counted] = _counts.GetValueOrDefault(counted) + 1;
            }

            return isNew;
        }
    }

    /// <summary>Returns the events of a user, oldest first.</summary>
    public IReadOnlyList<BehaviourEvent> Of(string userId) => [.. All.Where(e => e.UserId == userId).OrderBy(e => e.Timestamp)];

    /// <summary>Returns how many events an item had per day, in the order of the days. As on a server, the removal of a user leaves the counts as they are.</summary>
    public IReadOnlyList<ItemDay> DaysOf(string itemId)
    {
        lock (_appending)
        {
            return
            [
                .. _counts.Where(c => c.Key.Item == itemId)
                    .GroupBy(c => c.Key.Day)
                    .OrderBy(day => day.Key)
                    .Select(day => new ItemDay(day.Key, day.ToDictionary(c => c.Key.Type, c => c.Value, StringComparer.Ordinal))),
            ];
        }
    }

    /// <summary>Removes the events of a user.</summary>
    public void Remove(string userId)
    {
        lock (_appending)
        {
            _events.RemoveAll(e => e.UserId == userId);
            _ids.RemoveWhere(id => id.User == userId);
        }
    }
}
