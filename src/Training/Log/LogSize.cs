using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Impressions;

namespace DinOrleans.Training.Log;

/// <summary>Finds how far back a log of a bounded number of events reaches.</summary>
public sealed class LogSize(IBehaviourLog behaviours, IImpressionLog impressions)
{
    /// <summary>The moment from which on the log has at most so many events and impressions, to the minute.</summary>
    /// <param name="schema">The shop's schema. Logged rankings count where it names "impression" events.</param>
    /// <param name="window">The part of the log that counts.</param>
    /// <param name="maxEvents">The largest number of events, at least 1.</param>
    /// <param name="cancellationToken">Ends the count.</param>
    /// <returns>The moment; the window's own start where all of it fits.</returns>
    public async Task<DateTimeOffset?> StartAsync(FeatureSchema schema, LogWindow window, long maxEvents, CancellationToken cancellationToken)
    {
        Dictionary<long, long> byMinute = [];
        await foreach (BehaviourEvent behaviour in behaviours.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            Count(behaviour.Timestamp, 1);
        }

        if (schema.EventTypes.Contains(FeatureSchema.Impression))
        {
            await foreach (LoggedRanking ranking in impressions.ReadAllAsync(DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false))
            {
                Count(ranking.Timestamp, ranking.Items.Count);
            }
        }

        long events = 0;
        foreach ((long minute, long count) in byMinute.OrderByDescending(m => m.Key))
        {
            events += count;
            if (events > maxEvents)
            {
                return new DateTimeOffset((minute + 1) * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            }
        }

        return window.From;

        void Count(DateTimeOffset moment, long count)
        {
            if (window.Has(moment))
            {
                long minute = moment.UtcTicks / TimeSpan.TicksPerMinute;
                byMinute[minute] = byMinute.GetValueOrDefault(minute) + count;
            }
        }
    }
}
