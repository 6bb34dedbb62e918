using DinOrleans.Training.Log;

namespace DinOrleans.Training.Samples.Rankings;

/// <summary>
/// Makes rankings of positives, for logs without impressions. The positive is the only stored candidate, and negatives are drawn for it. A positive
/// with no history teaches nothing about the user's interests and is left out.
/// </summary>
internal sealed class SampledPositives
{
    private readonly TrainingLog _log;
    private readonly EventRoles _roles;
    private readonly BehaviourSequences _sequences;
    private readonly SampleTable _samples;
    private readonly long _window;
    private readonly long _until;
    private readonly Dictionary<int, int> _lastRow = [];

    /// <param name="log">The log.</param>
    /// <param name="roles">The meaning of its event types.</param>
    /// <param name="sequences">The users' behaviours.</param>
    /// <param name="samples">The table that the rankings are added to.</param>
    /// <param name="window">The attribution window in milliseconds.</param>
    /// <param name="until">The time of the first impression in Unix milliseconds. Positives from then on make no rankings.</param>
    public SampledPositives(TrainingLog log, EventRoles roles, BehaviourSequences sequences, SampleTable samples, long window, long until)
    {
        _log = log;
        _roles = roles;
        _sequences = sequences;
        _samples = samples;
        _window = window;
        _until = until;
    }

    /// <summary>Adds a user's rankings.</summary>
    /// <param name="user">The user.</param>
    /// <param name="lastPositive">The index of the user's last positive event.</param>
    /// <returns>The row of the ranking that the last positive belongs to, or −1 where it belongs to none.</returns>
    public int Add(int user, int lastPositive)
    {
        EventTable events = _log.Events;
        int lastPositiveRow = -1;
        _lastRow.Clear();
        for (int e = events.UserStart[user]; e <= lastPositive && events.Timestamp[e] < _until; e++)
        {
            uint tasks = _roles.Tasks(events.Type[e]);
            int end;
            if (tasks == 0 || _sequences.IsDroppedRepeat(e))
            {
                continue;
            }

            int row = EarlierRow(e);
            if (row >= 0)
            {
                _samples.AddLabel(row, _samples.CandidateStart(row), tasks, e);
            }
            else if (_sequences.Count(user, end = _sequences.EndBefore(user, e)) > 0)
            {
                row = _samples.Count;
                _samples.Add(user, e, end, CandidateSource.Positive);
                _samples.AddCandidate(events.Item[e], tasks);
                _lastRow[events.Item[e]] = row;
            }

            lastPositiveRow = e == lastPositive ? row : lastPositiveRow;
        }

        return lastPositiveRow;
    }

    /// <summary>
    /// Finds the row whose labels the event adds to. With several tasks, a click and the purchase that follows it are labels of one ranking.
    /// </summary>
    private int EarlierRow(int e) =>
        _log.Schema.Tasks.Count > 1
            && _lastRow.TryGetValue(_log.Events.Item[e], out int row)
            && _log.Events.Timestamp[e] - _log.Events.Timestamp[_samples.Event(row)] <= _window
            ? row
            : -1;
}
