using DinOrleans.Model.Schema;
using DinOrleans.Training.Log;

namespace DinOrleans.Training.Samples.Rankings;

/// <summary>The behaviours of every user in order. It finds where the history of a moment ends in them.</summary>
internal sealed class BehaviourSequences
{
    private readonly EventTable _events;
    private readonly BehaviourSequence _sequence;
    private readonly HistoryOrder _order;
    private readonly int[] _start;
    private readonly int[] _item;
    private readonly int[] _event;
    private readonly long[] _time;
    private readonly bool[]? _repeats;
    private readonly BehaviourSequences[] _others;

    /// <summary>Collects the main sequence and the other ones.</summary>
    public BehaviourSequences(TrainingLog log, SampleOptions options)
        : this(log, log.Schema.Behaviours, options)
    {
        _others = [.. log.Schema.AllSequences.Skip(1).Select(s => new BehaviourSequences(log, s, options))];
    }

    private BehaviourSequences(TrainingLog log, BehaviourSequence sequence, SampleOptions options)
    {
        _events = log.Events;
        _sequence = sequence;
        _others = [];
        bool[] isOfSequence = [.. log.Schema.EventTypes.Select(sequence.Events.Contains)];
        _order = options.HistoryOrder;
        _repeats = options.DropImmediateRepeats ? new bool[_events.Count] : null;
        _start = new int[log.UserIds.Count + 1];
        var item = new Growing<int>();
        var index = new Growing<int>();
        for (int user = 0; user < log.UserIds.Count; user++)
        {
            for (int e = _events.UserStart[user]; e < _events.UserStart[user + 1]; e++)
            {
                if (!isOfSequence[_events.Type[e]])
                {
                    continue;
                }

                if (_repeats is not null && item.Count > _start[user] && item[item.Count - 1] == _events.Item[e])
                {
                    _repeats[e] = true;
                    continue;
                }

                item.Add(_events.Item[e]);
                index.Add(e);
            }

            _start[user + 1] = item.Count;
        }

        _item = item.ToArray();
        _event = index.ToArray();
        _time = _sequence.HasSessions ? Array.ConvertAll(_event, e => _events.Timestamp[e]) : [];
    }

    /// <summary>S, the number of sequences besides the main one.</summary>
    public int OtherCount => _others.Length;

    /// <summary>The items of the history of a sequence besides the main one, oldest first.</summary>
    /// <param name="sequence">The sequence, 0 to S − 1.</param>
    /// <param name="user">The user.</param>
    /// <param name="e">The index of an event of the user. The history ends before it.</param>
    public ReadOnlySpan<int> OtherBefore(int sequence, int user, int e) =>
        _others[sequence].History(user, _others[sequence].EndBefore(user, e));

    /// <summary>The user's behaviours in all sequences before an event. A behaviour of several sequences comes once for each.</summary>
    /// <param name="user">The user.</param>
    /// <param name="e">The index of an event of the user.</param>
    /// <returns>Indexes of events.</returns>
    public IEnumerable<int> EventsBefore(int user, int e)
    {
        foreach (BehaviourSequences sequence in (IEnumerable<BehaviourSequences>)[this, .. _others])
        {
            int end = sequence.EndBefore(user, e);
            for (int i = sequence._start[user]; i < end; i++)
            {
                yield return sequence._event[i];
            }
        }
    }

    /// <summary>True if the event repeats the user's behaviour before it and is left out for that.</summary>
    public bool IsDroppedRepeat(int e) => _repeats is not null && _repeats[e];

    /// <summary>Finds where the history before an event ends.</summary>
    /// <param name="user">The user.</param>
    /// <param name="e">The index of an event of the user.</param>
    /// <returns>The exclusive end of the history in the main sequence.</returns>
    public int EndBefore(int user, int e)
    {
        int low = _start[user];
        int high = _start[user + 1];
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            bool before = _order == HistoryOrder.BySequence
                ? _event[middle] < e
                : _events.Timestamp[_event[middle]] < _events.Timestamp[e];
            (low, high) = before ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>The number of behaviours that a user had in the main sequence, over all sessions.</summary>
    /// <param name="user">The user.</param>
    /// <param name="end">The end of the history, from <see cref="EndBefore"/>.</param>
    public int Count(int user, int end) => end - _start[user];

    /// <summary>The items of a user's history in the main sequence, oldest first.</summary>
    /// <param name="user">The user.</param>
    /// <param name="end">The end of the history, from <see cref="EndBefore"/>.</param>
    public ReadOnlySpan<int> History(int user, int end)
    {
        int count = Count(user, end);
        int length = _sequence.HistoryLength(count, _sequence.HasSessions ? _time.AsSpan(_start[user], count) : []);
        return _item.AsSpan(end - length, length);
    }
}
