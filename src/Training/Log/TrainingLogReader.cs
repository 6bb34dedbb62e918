using System.Globalization;
using System.Runtime.CompilerServices;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;

namespace DinOrleans.Training.Log;

/// <summary>Makes a training log of what the stores hold: the catalogue, the profiles, the behaviour log and the ranking log.</summary>
public sealed class TrainingLogReader(IItemStore items, IProfileStore profiles, IBehaviourLog behaviours, IImpressionLog rankings, TimeProvider time)
{
    /// <summary>Reads what the stores hold at the moment. Erased users are not in it.</summary>
    /// <param name="schema">The schema. Logged rankings are read if it names events of the type "impression".</param>
    /// <param name="window">The part of the log to read.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public Task<TrainingLog> ReadAsync(FeatureSchema schema, LogWindow window, CancellationToken cancellationToken) => TrainingLog.LoadAsync(
        schema,
        items.ReadAllAsync(cancellationToken),
        profiles.ReadAllAsync(cancellationToken),
        schema.EventTypes.Contains(FeatureSchema.Impression)
            ? WithImpressionsAsync(window, cancellationToken)
            : behaviours.ReadAllAsync(cancellationToken).Where(e => window.Has(e.Timestamp)),
        cancellationToken);

    /// <summary>
    /// The events, then the logged rankings as impressions, each in the order of its answer. Where the application sent impressions of a ranking
    /// itself, they are more exact than the logged ranking, which is then left out.
    /// </summary>
    private async IAsyncEnumerable<BehaviourEvent> WithImpressionsAsync(LogWindow window, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = [];
        await foreach (BehaviourEvent behaviour in behaviours.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!window.Has(behaviour.Timestamp))
            {
                continue;
            }

            if (behaviour.Type == FeatureSchema.Impression && behaviour.RankingId is { } ranking)
            {
                seen.Add(ranking);
            }

            yield return behaviour;
        }

        DateTimeOffset known = time.GetUtcNow() - window.AttributionWindow;
        await foreach (LoggedRanking ranking in rankings.ReadAllAsync(known, cancellationToken).ConfigureAwait(false))
        {
            if (seen.Contains(ranking.RankingId) || !window.Has(ranking.Timestamp))
            {
                continue;
            }

            for (int position = 0; position < ranking.Items.Count; position++)
            {
                yield return new BehaviourEvent
                {
                    EventId = string.Create(CultureInfo.InvariantCulture, $"{ranking.RankingId}:{position}"),
                    UserId = ranking.UserId,
                    ItemId = ranking.Items[position].ItemId,
                    Type = FeatureSchema.Impression,
                    Timestamp = ranking.Timestamp,
                    RankingId = ranking.RankingId,
                    Context = ranking.Context,
                };
            }
        }
    }
}
