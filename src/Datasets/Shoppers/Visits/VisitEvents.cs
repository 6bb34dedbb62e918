using System.Globalization;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Shoppers.Visits;

/// <summary>Makes the events of a visit. Their ids follow from the ranking or the visit, so sending them again changes nothing.</summary>
/// <param name="options">The types and the run.</param>
internal sealed class VisitEvents(ShoppersOptions options)
{
    /// <summary>The click on an item that the shopper found by themselves before the visit's ranking.</summary>
    public BehaviourEvent Find(LiveShopper shopper, int visit, ShopItem item, int device, DateTimeOffset now) =>
        Event(shopper, string.Create(CultureInfo.InvariantCulture, $"{options.RunId}-{visit}-find"), item, SampleShopSchema.Click, null, device, now);

    /// <summary>What the shopper looked at, where shoppers send impressions, then each click with its conversion.</summary>
    public List<BehaviourEvent> Create(LiveShopper shopper, VisitOutcome outcome, int device, DateTimeOffset now)
    {
        string ranking = outcome.Ranking.RankingId;
        List<BehaviourEvent> events = [];
        for (int k = 0; k < outcome.Shown.Length && options.SendsImpressions; k++)
        {
            if (outcome.Looked[k])
            {
                Add("i", k, FeatureSchema.Impression);
            }
        }

        for (int k = 0; k < outcome.Shown.Length; k++)
        {
            if (outcome.Clicked[k])
            {
                Add("c", k, SampleShopSchema.Click);
            }

            if (outcome.Bought[k])
            {
                Add("b", k, options.ConversionType!);
            }
        }

        return events;

        void Add(string kind, int position, string type) => events.Add(Event(
            shopper, string.Create(CultureInfo.InvariantCulture, $"{ranking}-{kind}{position}"), outcome.Shown[position], type, ranking, device, now));
    }

    private static BehaviourEvent Event(
        LiveShopper shopper, string eventId, ShopItem item, string type, string? ranking, int device, DateTimeOffset now) => new()
        {
            EventId = eventId,
            UserId = shopper.Shopper.Id,
            ItemId = item.Id,
            Type = type,
            Timestamp = shopper.Next(now),
            RankingId = ranking,
            Context = SampleShopSchema.Context(device),
        };
}
