namespace DinOrleans.Training.Samples;

/// <summary>The ranking that a user's last positive is in: the one that training without impressions makes of it, or would if it were not held out.</summary>
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

    /// <param name="user">The user.</param>
    /// <param name="lastPositive">From <see cref="SampleSet.LastPositive"/>.</param>
    public LastRanking Of(int user, int lastPositive)
    {
        _rankings.Clear();
        int row = _positives.Add(user, lastPositive);
        return row >= 0
            ? new(_rankings.Event(row), _rankings.HistoryEnd(row), _rankings.Label(_rankings.CandidateStart(row)))
            : new(lastPositive, _sequences.EndBefore(user, lastPositive), _roles.Tasks(_events.Type[lastPositive]));
    }
}

/// <summary>A ranking of one positive.</summary>
/// <param name="Event">The event whose time is its moment and whose context is its.</param>
/// <param name="HistoryEnd">From <see cref="BehaviourSequences.EndBefore"/>.</param>
/// <param name="Label">Bit k is set where the positive is one of task k.</param>
internal readonly record struct LastRanking(int Event, int HistoryEnd, uint Label);
