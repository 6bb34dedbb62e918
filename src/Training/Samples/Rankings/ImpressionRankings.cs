using DinOrleans.Training.Log;

namespace DinOrleans.Training.Samples.Rankings;

/// <summary>
/// Makes rankings of impressions. The items that were shown under one ranking id are the candidates, in the order of their first impressions. A
/// candidate is a positive of a task if the user had one of the task's positive events on it within the attribution window, under the same
/// ranking id or none.
/// </summary>
internal sealed class ImpressionRankings
{
    private readonly EventTable _events;
    private readonly EventRoles _roles;
    private readonly BehaviourSequences _sequences;
    private readonly SampleTable _samples;
    private readonly long _window;
    private readonly Dictionary<int, List<int>> _impressionsOfRanking = [];
    private readonly List<int> _rankings = [];
    private readonly Dictionary<int, List<Shown>> _shownOfItem = [];
    private readonly HashSet<int> _itemsOfRanking = [];

    /// <param name="events">The events of the log.</param>
    /// <param name="roles">The meaning of their event types.</param>
    /// <param name="sequences">The users' behaviours.</param>
    /// <param name="samples">The table that the rankings are added to.</param>
    /// <param name="window">The attribution window in milliseconds.</param>
    public ImpressionRankings(EventTable events, EventRoles roles, BehaviourSequences sequences, SampleTable samples, long window)
    {
        _events = events;
        _roles = roles;
        _sequences = sequences;
        _samples = samples;
        _window = window;
    }

    /// <summary>Adds a user's rankings.</summary>
    /// <param name="user">The user.</param>
    /// <param name="lastPositive">The index of the user's last positive event, or −1 where there is none.</param>
    /// <param name="rowsOfLast">Receives the rows of the rankings whose labels the last positive decides.</param>
    public void Add(int user, int lastPositive, ISet<int> rowsOfLast)
    {
        Collect(user);
        if (_rankings.Count == 0)
        {
            return;
        }

        AddRankings(user);
        for (int e = _events.UserStart[user]; e < _events.UserStart[user + 1]; e++)
        {
            uint tasks = _roles.Tasks(_events.Type[e]);
            if (tasks != 0 && _shownOfItem.TryGetValue(_events.Item[e], out List<Shown>? shown))
            {
                Attribute(e, tasks, shown, e == lastPositive ? rowsOfLast : null);
            }
        }
    }

    private void Collect(int user)
    {
        _impressionsOfRanking.Clear();
        _rankings.Clear();
        for (int e = _events.UserStart[user]; e < _events.UserStart[user + 1]; e++)
        {
            int ranking = _events.Ranking[e];
            if (ranking < 0 || !_roles.IsImpression(_events.Type[e]))
            {
                continue;
            }

            if (!_impressionsOfRanking.TryGetValue(ranking, out List<int>? impressions))
            {
                _impressionsOfRanking.Add(ranking, impressions = []);
                _rankings.Add(ranking);
            }

            impressions.Add(e);
        }
    }

    private void AddRankings(int user)
    {
        _shownOfItem.Clear();
        foreach (int ranking in _rankings)
        {
            List<int> impressions = _impressionsOfRanking[ranking];
            int row = _samples.Count;
            _samples.Add(user, impressions[0], _sequences.EndBefore(user, impressions[0]), CandidateSource.Impressions);
            _itemsOfRanking.Clear();
            foreach (int e in impressions)
            {
                if (!_itemsOfRanking.Add(_events.Item[e]))
                {
                    continue;
                }

                if (!_shownOfItem.TryGetValue(_events.Item[e], out List<Shown>? shown))
                {
                    _shownOfItem.Add(_events.Item[e], shown = []);
                }

                shown.Add(new(row, _samples.AddCandidate(_events.Item[e], label: 0), e));
            }
        }
    }

    private void Attribute(int e, uint tasks, List<Shown> shown, ISet<int>? rows)
    {
        foreach (Shown impression in shown)
        {
            long after = Elapsed(impression.Event, e);
            bool sameRanking = _events.Ranking[e] < 0 || _events.Ranking[e] == _events.Ranking[impression.Event];
            if (sameRanking && after >= 0 && after <= _window)
            {
                _samples.AddLabel(impression.Row, impression.Candidate, tasks, e);
                rows?.Add(impression.Row);
            }
        }
    }

    /// <summary>
    /// The milliseconds from an impression to a positive event. An event that names the impression's ranking came after it, even if its time is
    /// earlier by less than clocks may differ.
    /// </summary>
    private long Elapsed(int impression, int e)
    {
        long elapsed = _events.Timestamp[e] - _events.Timestamp[impression];
        bool isNamed = _events.Ranking[e] == _events.Ranking[impression];
        return isNamed && elapsed >= -RankingClocks.Tolerance ? Math.Max(0, elapsed) : elapsed;
    }

    /// <summary>An item that a ranking showed.</summary>
    private readonly record struct Shown(int Row, int Candidate, int Event);
}
