using DinOrleans.Training.Log;

namespace DinOrleans.Training.Samples.Rankings;

/// <summary>All samples in columns, with one row per ranking.</summary>
internal sealed class SampleTable
{
    private readonly Growing<int> _user = new();
    private readonly Growing<int> _event = new();
    private readonly Growing<int> _lastEvent = new();
    private readonly Growing<int> _historyEnd = new();
    private readonly Growing<int> _candidateStart = new();
    private readonly Growing<CandidateSource> _source = new();
    private readonly Growing<int> _candidate = new();
    private readonly Growing<uint> _label = new();

    public SampleTable() => _candidateStart.Add(0);

    public int Count => _user.Count;

    /// <summary>Removes all rankings and keeps the storage.</summary>
    public void Clear()
    {
        _user.Clear();
        _event.Clear();
        _lastEvent.Clear();
        _historyEnd.Clear();
        _candidateStart.Clear();
        _source.Clear();
        _candidate.Clear();
        _label.Clear();
        _candidateStart.Add(0);
    }

    /// <summary>Starts a ranking. The candidates that are added until the next ranking starts belong to it.</summary>
    /// <param name="user">The index of the user.</param>
    /// <param name="e">The index of the event whose time is the moment of the ranking and whose context is the ranking's.</param>
    /// <param name="historyEnd">The end of the history, from <see cref="BehaviourSequences.EndBefore"/>.</param>
    /// <param name="source">The origin of the candidates.</param>
    public void Add(int user, int e, int historyEnd, CandidateSource source)
    {
        _user.Add(user);
        _event.Add(e);
        _lastEvent.Add(e);
        _historyEnd.Add(historyEnd);
        _source.Add(source);
        _candidateStart.Add(_candidate.Count);
    }

    /// <summary>Adds a candidate to the ranking that was started last.</summary>
    /// <param name="item">The index of the item.</param>
    /// <param name="label">A bit per task. Bit k is set if the candidate is a positive of task k.</param>
    /// <returns>The number of the candidate, for <see cref="AddLabel"/>.</returns>
    public int AddCandidate(int item, uint label)
    {
        _candidate.Add(item);
        _label.Add(label);
        _candidateStart[Count] = _candidate.Count;
        return _candidate.Count - 1;
    }

    /// <summary>Adds the tasks of a positive event to a candidate's label.</summary>
    /// <param name="row">The row of the candidate's ranking.</param>
    /// <param name="candidate">The candidate's number, from <see cref="AddCandidate"/>.</param>
    /// <param name="label">A bit per task. Bit k is set if the event is a positive of task k.</param>
    /// <param name="e">The index of the event.</param>
    public void AddLabel(int row, int candidate, uint label, int e)
    {
        _label[candidate] |= label;
        _lastEvent[row] = Math.Max(_lastEvent[row], e);
    }

    public int User(int row) => _user[row];

    public int Event(int row) => _event[row];

    /// <summary>The index of the last event that the ranking or one of its labels is made of.</summary>
    public int LastEvent(int row) => _lastEvent[row];

    public int HistoryEnd(int row) => _historyEnd[row];

    /// <summary>True if negatives are drawn for the ranking.</summary>
    public bool DrawsNegatives(int row) => _source[row] == CandidateSource.Positive;

    /// <summary>True if the candidates were shown, and stand in the order in which they were shown.</summary>
    public bool IsShown(int row) => _source[row] == CandidateSource.Impressions;

    public int CandidateStart(int row) => _candidateStart[row];

    public int CandidateCount(int row) => _candidateStart[row + 1] - _candidateStart[row];

    public int Item(int candidate) => _candidate[candidate];

    /// <summary>A bit per task. Bit k is set if the candidate is a positive of task k.</summary>
    public uint Label(int candidate) => _label[candidate];
}
