using DinOrleans.Training.Log;

namespace DinOrleans.Training.Samples.Rankings;

/// <summary>
/// Finds the ranking that a user's last positive belongs to: the one that training without impressions makes of it, or would make if the positive
/// were not held out.
/// </summary>
internal sealed class LastRankings
{
    private readonly EventTable _events;
    private readonly EventRoles _roles;
    private readonly BehaviourSequences _sequences;
    private readonly SampleTable _rankings = new();
    private readonly SampledPositives _positives;

    public LastRankings(TrainingLog log, EventRoles roles, BehaviourSequences sequences, SampleOptions options)
    {
        _events = log.Events;
        _roles = roles;
        _sequences = sequences;
        _positives = new(log, roles, sequences, _rankings, (long)options.AttributionWindow.TotalMilliseconds, until: long.MaxValue);
    }

    /// <summary>Finds the ranking of a user's last positive.</summary>
    /// <param name="user">The user.</param>
    /// <param name="lastPositive">The index of the user's last positive event, from <see cref="LastPositives"/>.</param>
    public LastRanking Find(int user, int lastPositive)
    {
        _rankings.Clear();
        int row = _positives.Add(user, lastPositive);
        return row >= 0
            ? new(_rankings.Event(row), _rankings.HistoryEnd(row), _rankings.Label(_rankings.CandidateStart(row)))
            : new(lastPositive, _sequences.EndBefore(user, lastPositive), _roles.Tasks(_events.Type[lastPositive]));
    }
}
