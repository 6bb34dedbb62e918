namespace DinOrleans.Training.Samples;

/// <summary>The items that each user has a positive event on, and when they first had one.</summary>
internal sealed class UserPositives
{
    private readonly int[] _start;
    private readonly int[] _item;
    private readonly int[] _first;

    /// <param name="log">The log.</param>
    /// <param name="roles">What its event types mean.</param>
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

    /// <summary>Whether a user has a positive event on an item among the events before one.</summary>
    /// <param name="user">The user.</param>
    /// <param name="item">The item.</param>
    /// <param name="until">Index of an event: it and those after it do not count.</param>
    public bool Has(int user, int item, int until)
    {
        int found = Array.BinarySearch(_item, _start[user], _start[user + 1] - _start[user], item);
        return found >= 0 && _first[found] < until;
    }
}
