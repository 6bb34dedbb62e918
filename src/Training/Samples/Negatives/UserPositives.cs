using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Rankings;

namespace DinOrleans.Training.Samples.Negatives;

/// <summary>The items on which each user has a positive event, and the first such event.</summary>
internal sealed class UserPositives
{
    private readonly int[] _start;
    private readonly int[] _item;
    private readonly int[] _first;

    /// <param name="log">The log.</param>
    /// <param name="roles">The meaning of its event types.</param>
    public UserPositives(TrainingLog log, EventRoles roles)
    {
        EventTable events = log.Events;
        _start = new int[log.UserIds.Count + 1];
        var items = new Growing<int>();
        var first = new Growing<int>();
        var own = new Dictionary<int, int>();
        for (int user = 0; user < log.UserIds.Count; user++)
        {
            own.Clear();
            for (int e = events.UserStart[user]; e < events.UserStart[user + 1]; e++)
            {
                if (roles.Tasks(events.Type[e]) != 0)
                {
                    own.TryAdd(events.Item[e], e);
                }
            }

            foreach ((int item, int e) in own.OrderBy(o => o.Key))
            {
                items.Add(item);
                first.Add(e);
            }

            _start[user + 1] = items.Count;
        }

        _item = items.ToArray();
        _first = first.ToArray();
    }

    /// <summary>True if a user has a positive event on an item before a given event.</summary>
    /// <param name="user">The user.</param>
    /// <param name="item">The item.</param>
    /// <param name="until">The index of an event. That event and later ones do not count.</param>
    public bool Has(int user, int item, int until)
    {
        int found = Array.BinarySearch(_item, _start[user], _start[user + 1] - _start[user], item);
        return found >= 0 && _first[found] < until;
    }
}
