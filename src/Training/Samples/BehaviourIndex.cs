namespace DinOrleans.Training.Samples;

/// <summary>The behaviours of each user in order, to cut histories from.</summary>
internal sealed class BehaviourIndex
{
    private readonly EventTable _events;
    private readonly int[] _behaviours;
    private readonly int[] _start;

    public BehaviourIndex(EventTable events, EventKinds kinds)
    {
        _events = events;
        List<int> behaviours = [];
        _start = new int[events.UserStart.Length];
        for (int user = 0; user + 1 < _start.Length; user++)
        {
            for (int e = events.UserStart[user]; e < events.UserStart[user + 1]; e++)
            {
                if (kinds.IsBehaviour(events.Type[e]))
                {
                    behaviours.Add(e);
                }
            }

            _start[user + 1] = behaviours.Count;
        }

        _behaviours = [.. behaviours];
    }

    /// <summary>Where the history of a user ends that may hold only what came before an event.</summary>
    public int End(int user, int before, HistoryOrder order)
    {
        int low = _start[user], high = _start[user + 1];
        while (low < high)
        {
            int middle = (low + high) / 2;
            bool earlier = order == HistoryOrder.BySequence
                ? _behaviours[middle] < before
                : _events.Timestamp[_behaviours[middle]] < _events.Timestamp[before];
            if (earlier)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Behaviours of a user before an end.</summary>
    public int Length(int user, int end) => end - _start[user];

    /// <summary>Writes the items of the most recent behaviours before an end, oldest first.</summary>
    public void Write(int end, Span<int> items)
    {
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = _events.Item[_behaviours[end - items.Length + i]];
        }
    }
}
