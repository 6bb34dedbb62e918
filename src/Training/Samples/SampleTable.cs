namespace DinOrleans.Training.Samples;

/// <summary>Where the candidates of a ranking come from.</summary>
internal enum CandidateSource : byte
{
    /// <summary>From impressions, in the order in which they were shown.</summary>
    Impressions,

    /// <summary>One positive, with negatives drawn to it.</summary>
    Positive,

    /// <summary>Given as a pair, in no order.</summary>
    Pair,
}

/// <summary>All samples in columns: one row a ranking.</summary>
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

    /// <summary>Forgets all rankings and keeps the storage.</summary>
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

    /// <summary>Starts a ranking; its candidates are those added until the next one starts.</summary>
    /// <param name="user">User index.</param>
    /// <param name="e">The event whose time is the ranking's moment and whose context is the ranking's.</param>
    /// <param name="historyEnd">From <see cref="BehaviourSequences.EndBefore"/>.</param>
    /// <param name="source">Where its candidates come from.</param>
    public void Add(int user, int e, int historyEnd, CandidateSource source)
    {
        _user.Add(user);
        _event.Add(e);
        _lastEvent.Add(e);
        _historyEnd.Add(historyEnd);
        _source.Add(source);
        _candidateStart.Add(_candidate.Count);
    }

    /// <summary>Adds a candidate to the ranking started last.</summary>
    /// <returns>Its number, for <see cref="AddLabel"/>.</returns>
    public int AddCandidate(int item, uint label)
    {
        _candidate.Add(item);
        _label.Add(label);
        _candidateStart[Count] = _candidate.Count;
        return _candidate.Count - 1;
    }

    /// <summary>Adds the tasks of a positive event to a candidate's label.</summary>
    /// <param name="row">The candidate's ranking.</param>
    /// <param name="candidate">From <see cref="AddCandidate"/>.</param>
    /// <param name="label">Bit k is set where the event is a positive of task k.</param>
    /// <param name="e">The event.</param>
    public void AddLabel(int row, int candidate, uint label, int e)
    {
        _label[candidate] |= label;
        _lastEvent[row] = Math.Max(_lastEvent[row], e);
    }

    public int User(int row) => _user[row];

    public int Event(int row) => _event[row];

    /// <summary>The last of the user's events that the ranking or one of its labels is made of.</summary>
    public int LastEvent(int row) => _lastEvent[row];

    public int HistoryEnd(int row) => _historyEnd[row];

    /// <summary>Whether negatives are drawn to go with the candidates.</summary>
    public bool DrawsNegatives(int row) => _source[row] == CandidateSource.Positive;

    /// <summary>Whether the candidates are in the order in which they were shown.</summary>
    public bool IsShown(int row) => _source[row] == CandidateSource.Impressions;

    public int CandidateStart(int row) => _candidateStart[row];

    public int CandidateCount(int row) => _candidateStart[row + 1] - _candidateStart[row];

    public int Item(int candidate) => _candidate[candidate];

    /// <summary>Bit k is set where the candidate is a positive of task k.</summary>
    public uint Label(int candidate) => _label[candidate];
}
