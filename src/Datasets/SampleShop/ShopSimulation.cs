using System.Runtime.InteropServices;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.SampleShop;

/// <summary>
/// Simulates the shoppers. Each of them finds items by themselves and is shown rankings, which they click by the <see cref="ClickModel"/>. Clicks are the
/// behaviours. The clicks of a ranking belong to the history from the next ranking on.
/// </summary>
internal sealed class ShopSimulation
{
    private const int FirstFinds = 4;
    private const int MoreFirstFinds = 7;
    private const double ArrivalShare = 0.3;
    private const double SameDevice = 0.8;

    // In slots between rankings: finds end before the first ranking can come.
    private const double FindsEnd = 0.08;
    private const double FirstMoment = 0.1;
    private const double Moments = 0.5;

    /// <summary>The probability that a shopper who comes back has found an item by themselves.</summary>
    internal const double FindsAgain = 0.5;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly SampleShopOptions _options;
    private readonly ShopCatalogue _catalogue;
    private readonly ClickModel _clicks;
    private readonly int _maxLength;
    private readonly List<BehaviourEvent> _events = [];
    private readonly List<ShownItem> _shown = [];
    private readonly List<int> _candidates = [];

    /// <param name="options">The shop.</param>
    /// <param name="maxLength">Behaviours that a ranking sees.</param>
    public ShopSimulation(SampleShopOptions options, int maxLength)
    {
        _options = options;
        _catalogue = new(options);
        _clicks = new(options);
        _maxLength = maxLength;
    }

    public SimulatedShop Run(CancellationToken cancellationToken)
    {
        var shoppers = new Shopper[_options.Users];
        for (int user = 0; user < shoppers.Length; user++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var random = new SeededRandom(_options.Seed, 3, user);
            shoppers[user] = new Shopper(user, _options, _catalogue, _clicks, ref random);
            Live(shoppers[user], ref random);
        }

        // Stable, so that the events of one moment keep their order.
        return new(_catalogue, shoppers, [.. _events.OrderBy(e => e.Timestamp)], [.. _shown.OrderBy(s => s.Moment)]);
    }

    private void Live(Shopper shopper, ref SeededRandom random)
    {
        double arrival = random.NextDouble() * _options.Days * ArrivalShare;
        double slot = (_options.Days - arrival) / _options.RankingsPerUser;
        int finds = FirstFinds + random.Next(MoreFirstFinds);
        for (int i = 0; i < finds; i++)
        {
            Find(shopper, arrival + (FindsEnd * slot * (i + random.NextDouble()) / finds), ref random);
        }

        // Rankings come early in their slots, so that the attribution window of one hour never reaches into the next slot.
        for (int ranking = 0; ranking < _options.RankingsPerUser; ranking++)
        {
            double day = arrival + (slot * (ranking + FirstMoment + (Moments * random.NextDouble())));
            if (ranking > 0)
            {
                ComeBack(shopper, day - (FindsEnd * slot * random.NextDouble()), ref random);
            }

            Rank(shopper, ranking, day, ref random);
        }
    }

    private void ComeBack(Shopper shopper, double day, ref SeededRandom random)
    {
        if (random.NextDouble() < _options.InterestDrift)
        {
            shopper.Drift(ref random, day);
        }

        if (random.NextDouble() < FindsAgain)
        {
            Find(shopper, day, ref random);
        }
    }

    private void Find(Shopper shopper, double day, ref SeededRandom random)
    {
        ShopItem item = _catalogue.Items[shopper.Find(ref random, day)];
        shopper.Clicked.Add(item);
        _events.Add(Event(shopper, $"find-{shopper.Clicked.Count}", item, SampleShopSchema.Click, Moment(day), rankingId: null, Device(shopper, ref random)));
    }

    private void Rank(Shopper shopper, int ranking, double day, ref SeededRandom random)
    {
        string rankingId = $"{shopper.Id}-r{ranking}";
        DateTimeOffset moment = Moment(day);
        int device = Device(shopper, ref random);
        CandidateDraw.Draw(_candidates, _options.CandidatesPerRanking, shopper, _catalogue, day, ref random);
        Span<ShopItem> clicked = CollectionsMarshal.AsSpan(shopper.Clicked);
        ReadOnlySpan<ShopItem> history = clicked[Math.Max(0, clicked.Length - _maxLength)..];
        var clicks = new List<(int Position, ShopItem Item)>();
        for (int position = 0; position < _candidates.Count; position++)
        {
            ShopItem item = _catalogue.Items[_candidates[position]];
            double probability = _clicks.Probability(item, history, shopper.AgeBand, device);
            bool isClicked = random.NextDouble() < probability;
            _shown.Add(new(rankingId, moment, item, probability, isClicked));
            _events.Add(Event(shopper, $"{rankingId}-i{position}", item, SampleShopSchema.Impression, moment, rankingId, device));
            if (isClicked)
            {
                clicks.Add((position, item));
            }
        }

        foreach ((int position, ShopItem item) in clicks)
        {
            shopper.Clicked.Add(item);
            DateTimeOffset time = moment.AddSeconds(5 + (10 * position));
            _events.Add(Event(shopper, $"{rankingId}-c{position}", item, SampleShopSchema.Click, time, rankingId, device));
        }
    }

    private static BehaviourEvent Event(
        Shopper shopper, string eventId, ShopItem item, string type, DateTimeOffset time, string? rankingId, int device) => new()
        {
            EventId = eventId,
            UserId = shopper.Id,
            ItemId = item.Id,
            Type = type,
            Timestamp = time,
            RankingId = rankingId,
            Context = SampleShopSchema.Context(device),
        };

    /// <summary>The device that the shopper uses for a visit: mostly their own. An index in <see cref="ClickModel.Devices"/>.</summary>
    internal static int Device(Shopper shopper, ref SeededRandom random) =>
        random.NextDouble() < SameDevice ? shopper.Device : random.Next(ClickModel.Devices.Count);

    /// <summary>Whole milliseconds, as logs keep them.</summary>
    private static DateTimeOffset Moment(double day) => Start.AddMilliseconds(Math.Floor(TimeSpan.FromDays(day).TotalMilliseconds));
}
