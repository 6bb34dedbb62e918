using DinOrleans.Model.Schema;
using DinOrleans.Storage.Behaviours;

namespace DinOrleans.Training.Service;

/// <summary>Counts new positives. The store reads its whole log for that, so it is asked the less often the longer it takes.</summary>
internal sealed class PositiveCount(IBehaviourLog behaviours, TimeProvider time)
{
    /// <summary>The factor by which the pause between two counts is longer than the last count took.</summary>
    private const int Share = 50;

    private DateTimeOffset _from;
    private long _count;
    private long _countedAt;
    private TimeSpan? _pause;

    /// <summary>The number of positive events after a moment, as of the last count.</summary>
    /// <param name="schema">Says which events are positives.</param>
    /// <param name="from">The moment.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    public async Task<long> SinceAsync(FeatureSchema schema, DateTimeOffset from, CancellationToken cancellationToken)
    {
        if (_pause is { } pause && from == _from && time.GetElapsedTime(_countedAt) < pause)
        {
            return _count;
        }

        long start = time.GetTimestamp();
        string[] types = [.. schema.Tasks.SelectMany(t => t.PositiveEvents).Distinct()];
        _count = await behaviours.CountSinceAsync(types, from, cancellationToken).ConfigureAwait(false);
        _from = from;
        _countedAt = time.GetTimestamp();
        _pause = time.GetElapsedTime(start) * Share;
        return _count;
    }
}
