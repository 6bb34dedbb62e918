using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Datasets.Shoppers.Reporting;
using DinOrleans.Datasets.Shoppers.Visits;

namespace DinOrleans.Datasets.Shoppers.Crowd;

/// <summary>Carries out one visit after the other: the shopper comes back, has candidates ranked, looks, clicks and buys.</summary>
internal sealed class Visitor
{
    private const int VisitStream = 4;

    private readonly GeneratedShop _shop;
    private readonly ShoppersOptions _options;
    private readonly ClickModel _clicks;
    private readonly ExaminationCurve _curve;
    private readonly VisitEvents _events;
    private readonly Dictionary<string, ShopItem> _items;
    private readonly double _drift;
    private readonly double _visitsPerDay;

    /// <param name="shop">The shop.</param>
    /// <param name="options">The options of the shoppers' behaviour.</param>
    /// <param name="users">The number of shoppers who visit.</param>
    public Visitor(GeneratedShop shop, ShoppersOptions options, int users)
    {
        _shop = shop;
        _options = options;
        _drift = options.Drift ?? shop.Options.InterestDrift;
        _clicks = new ClickModel(shop.Options with { InterestDrift = _drift });
        _curve = new ExaminationCurve(options.Examination, options.Limit);
        _events = new VisitEvents(options);
        _items = shop.Catalogue.Items.ToDictionary(item => item.Id, StringComparer.Ordinal);
        _visitsPerDay = (double)users * shop.Options.RankingsPerUser / shop.Options.Days;
    }

    /// <param name="shop">The shop that ranks for the shopper and takes the events.</param>
    /// <param name="shopper">The shopper who visits.</param>
    /// <param name="visit">The number of the visit, from which its randomness and the day follow.</param>
    /// <param name="now">Reads the time.</param>
    /// <param name="report">The report that the outcome and the failures are added to.</param>
    /// <param name="cancellationToken">Cuts the visit short.</param>
    public async Task RunAsync(
        IShop shop, LiveShopper shopper, int visit, Func<DateTimeOffset> now, ShopperReport report, CancellationToken cancellationToken)
    {
        var random = new SeededRandom(_options.Seed, VisitStream, visit);
        double day = _shop.Options.Days + (visit / _visitsPerDay);
        int device = ShopSimulation.Device(shopper.Shopper, ref random);
        await KnowAsync(shop, shopper, report, cancellationToken).ConfigureAwait(false);
        if (ComeBack(shopper.Shopper, day, ref random) is { } found)
        {
            BehaviourEvent find = _events.Find(shopper, visit, found, device, now());
            shopper.Click(found);
            await AppendAsync(shop, [find], report, cancellationToken).ConfigureAwait(false);
        }

        TrueCandidates candidates = Draw(shopper, day, device, ref random);
        var query = new ShopQuery(shopper.Shopper.Id, Array.ConvertAll(candidates.Items, i => i.Id), SampleShopSchema.Context(device), _options.Limit);
        try
        {
            ShownRanking ranking = await report.TimedAsync(ShopCall.Rank, () => shop.RankAsync(query, cancellationToken)).ConfigureAwait(false);
            VisitOutcome outcome = Looking.Run(candidates, ranking, _options.Limit, _curve, _options.ConversionType is not null, ref random);
            report.Add(outcome);
            List<BehaviourEvent> events = _events.Create(shopper, outcome, device, now());
            foreach (ShopItem item in outcome.Shown.Where((_, k) => outcome.Clicked[k]))
            {
                shopper.Click(item);
            }

            await AppendAsync(shop, events, report, cancellationToken).ConfigureAwait(false);
        }
        catch (ShopCallException e)
        {
            report.Failed(ShopCall.Rank, e);
        }
    }

    /// <summary>The true click probability of each item of a query, in its order, 0..1.</summary>
    /// <exception cref="ArgumentException">The catalogue does not have an item, or shoppers do not have the device.</exception>
    public double[] Probabilities(LiveShopper shopper, ShopQuery query)
    {
        int device = query.Context.TryGetValue(SampleShopSchema.Device, out string? name) ? ClickModel.Devices.ToList().IndexOf(name) : -1;
        if (device < 0)
        {
            throw new ArgumentException($"context must have a device of {string.Join(", ", ClickModel.Devices)}", nameof(query));
        }

        return [.. query.Candidates.Select(id => _items.TryGetValue(id, out ShopItem? item)
            ? Probability(shopper, item, device)
            : throw new ArgumentException($"item \"{id}\" is not in the catalogue", nameof(query)))];
    }

    private double Probability(LiveShopper shopper, ShopItem item, int device) =>
        _clicks.Probability(item, shopper.History, shopper.Shopper.AgeBand, device);

    /// <summary>Asks the shop once for what it knows of the shopper, and goes on from there.</summary>
    private async Task KnowAsync(IShop shop, LiveShopper shopper, ShopperReport report, CancellationToken cancellationToken)
    {
        if (shopper.IsKnown)
        {
            return;
        }

        try
        {
            if (await shop.ReadEventsAsync(shopper.Shopper.Id, cancellationToken).ConfigureAwait(false) is { } events)
            {
                if (events.Count == 0 && shopper.Shopper.Clicked.Count > 0)
                {
                    report.UnknownShopper();
                }

                shopper.GoOnFrom(events, _items);
            }

            shopper.IsKnown = true;
        }
        catch (ShopCallException e)
        {
            report.Failed(ShopCall.Read, e);
        }
    }

    private ShopItem? ComeBack(Shopper shopper, double day, ref SeededRandom random)
    {
        if (random.NextDouble() < _drift)
        {
            shopper.Drift(ref random, day);
        }

        return random.NextDouble() < ShopSimulation.FindsAgain ? _shop.Catalogue.Items[shopper.Find(ref random, day)] : null;
    }

    private TrueCandidates Draw(LiveShopper shopper, double day, int device, ref SeededRandom random)
    {
        List<int> drawn = new(_options.Candidates);
        CandidateDraw.Draw(drawn, _options.Candidates, shopper.Shopper, _shop.Catalogue, day, ref random);
        var items = new ShopItem[drawn.Count];
        double[] probabilities = new double[drawn.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = _shop.Catalogue.Items[drawn[i]];
            probabilities[i] = Probability(shopper, items[i], device);
        }

        return new(items, probabilities, ref random);
    }

    private static async Task AppendAsync(IShop shop, List<BehaviourEvent> events, ShopperReport report, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        try
        {
            await report.TimedAsync(ShopCall.Append, async () =>
            {
                await shop.AppendAsync(events, cancellationToken).ConfigureAwait(false);
                return events.Count;
            }).ConfigureAwait(false);
        }
        catch (ShopCallException e)
        {
            report.Failed(ShopCall.Append, e);
        }
    }
}
