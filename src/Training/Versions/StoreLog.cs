using System.Globalization;
using System.Runtime.CompilerServices;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using DinOrleans.Training.Samples;

namespace DinOrleans.Training.Versions;

/// <summary>Reads what a running shop has logged, to learn from it.</summary>
public sealed class StoreLog(IItemStore items, IProfileStore profiles, IBehaviourLog behaviours, IImpressionLog impressions, TimeProvider time)
{
    /// <summary>Reads everything held now; who was erased is not in it.</summary>
    /// <param name="schema">The shop's schema. Logged rankings count where it names "impression" events.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public Task<TrainingLog> ReadAsync(FeatureSchema schema, CancellationToken cancellationToken) =>
        ReadAsync(schema, new SampleOptions().AttributionWindow, cancellationToken);

    /// <summary>Reads everything held now; who was erased is not in it.</summary>
    /// <param name="schema">The shop's schema. Logged rankings count where it names "impression" events.</param>
    /// <param name="attributionWindow">
    /// That of the samples to come. Logged rankings younger than it are left out: what follows them is not known yet.
    /// </param>
    /// <param name="cancellationToken">Ends the read.</param>
    public Task<TrainingLog> ReadAsync(FeatureSchema schema, TimeSpan attributionWindow, CancellationToken cancellationToken) => TrainingLog.LoadAsync(
        schema,
        items.ReadSinceAsync(0, cancellationToken).Select(i => i.Item),
        profiles.ReadAllAsync(cancellationToken),
        schema.EventTypes.Contains(FeatureSchema.Impression)
            ? WithImpressionsAsync(time.GetUtcNow() - attributionWindow, cancellationToken)
            : behaviours.ReadAllAsync(cancellationToken),
        cancellationToken);

    /// <summary>The events, then the logged rankings as impressions, each in the order it was answered in. A shop that said itself what of a ranking was seen knows better.</summary>
    private async IAsyncEnumerable<BehaviourEvent> WithImpressionsAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = [];
        await foreach (BehaviourEvent behaviour in behaviours.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (behaviour.Type == FeatureSchema.Impression && behaviour.RankingId is { } ranking)
            {
                seen.Add(ranking);
            }

            yield return behaviour;
        }

        await foreach (LoggedRanking ranking in impressions.ReadAllAsync(before, cancellationToken).ConfigureAwait(false))
        {
            if (seen.Contains(ranking.RankingId))
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
