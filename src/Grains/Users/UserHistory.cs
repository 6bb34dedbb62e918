using DinOrleans.Contracts.Users;

namespace DinOrleans.Grains.Users;

/// <summary>The most recent behaviours of a user by their time, oldest first. A behaviour that arrives late is put in its place.</summary>
public sealed class UserHistory(int capacity)
{
    private readonly List<BehaviourEvent> _events = new(Math.Min(capacity, 64));

    /// <summary>A number that changes with every change of the history.</summary>
    public int Revision { get; private set; }

    public IReadOnlyList<BehaviourEvent> Events => _events;

    /// <summary>Replaces the history by what the log has.</summary>
    /// <param name="events">The most recent events by their time, oldest first.</param>
    public void Replace(IReadOnlyList<BehaviourEvent> events)
    {
        _events.Clear();
        _events.AddRange(events.Skip(Math.Max(0, events.Count - capacity)));
        Revision++;
    }

    /// <summary>Puts an event in its place by time, after events of the same time. An event that is there already changes nothing.</summary>
    public void Add(BehaviourEvent behaviour)
    {
        int place = _events.Count;
        while (place > 0 && _events[place - 1].Timestamp > behaviour.Timestamp)
        {
            place--;
        }

        for (int same = place - 1; same >= 0 && _events[same].Timestamp == behaviour.Timestamp; same--)
        {
            if (_events[same].EventId == behaviour.EventId)
            {
                return;
            }
        }

        if (_events.Count < capacity)
        {
            _events.Insert(place, behaviour);
        }
        else if (place > 0)
        {
            _events.RemoveAt(0);
            _events.Insert(place - 1, behaviour);
        }
        else
        {
            return;
        }

        Revision++;
    }
}
