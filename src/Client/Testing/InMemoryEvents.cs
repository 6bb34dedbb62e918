namespace DinOrleans.Client.Testing;

/// <summary>Events, each once per user.</summary>
internal sealed class InMemoryEvents
{
    private readonly Lock _appending = new();
    private readonly HashSet<(string User, string Event)> _ids = [];
    private readonly List<BehaviourEvent> _events = [];

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
            }

            return isNew;
        }
    }

    /// <summary>Returns the events of a user, oldest first.</summary>
    public IReadOnlyList<BehaviourEvent> Of(string userId) => [.. All.Where(e => e.UserId == userId).OrderBy(e => e.Timestamp)];

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
