
namespace DinOrleans.Datasets.SampleShop;

/// <summary>A shopper: age band, several interests of different strength, each with a favourite shop, and what they have clicked.</summary>
internal sealed class Shopper
{
    private const int MinInterests = 3;
    private const int MaxInterests = 6;
    private const double AgeLeaning = 0.7;

    /// <summary>How often they look in the shop they like for an interest first.</summary>
    private const double Loyalty = 0.7;

    private readonly ShopCatalogue _catalogue;
    private readonly ClickModel _clicks;
    private readonly int[] _interests;
    private readonly int[] _favouriteShops;
    private readonly double[] _strengths;
    private readonly double[] _topicWeights;

    public Shopper(int index, SampleShopOptions options, ShopCatalogue catalogue, ClickModel clicks, ref SeededRandom random)
    {
        _catalogue = catalogue;
        _clicks = clicks;
        Id = $"user-{index}";
        AgeBand = random.Next(ClickModel.AgeBands);
        Device = random.Next(ClickModel.Devices.Count);
        _interests = new int[MinInterests + random.Next(MaxInterests - MinInterests + 1)];
        _favouriteShops = new int[_interests.Length];
        _strengths = new double[_interests.Length];
        _topicWeights = new double[options.Topics];
        for (int i = 0; i < _interests.Length; i++)
        {
            TakeUp(i, ref random, day: 0);
            _strengths[i] = Math.Exp(0.7 * random.NextNormal());
        }
    }

    public string Id { get; }

    public int AgeBand { get; }

    /// <summary>The device they mostly use.</summary>
    public int Device { get; }

    /// <summary>Everything clicked, oldest first.</summary>
    public List<ShopItem> Clicked { get; } = [];

    /// <summary>An item they find by themselves: of an interest in its season, by shop and popularity.</summary>
    public int Find(ref SeededRandom random, double day) => OfInterest(ref random, Loyalty, day);

    /// <summary>An item that a shop guesses from their interests, knowing little of which shop they like for what.</summary>
    public int Guess(ref SeededRandom random, double day) => OfInterest(ref random, Loyalty / 2, day);

    /// <summary>Gives up one interest for a new one.</summary>
    public void Drift(ref SeededRandom random, double day) => TakeUp(random.Next(_interests.Length), ref random, day);

    private int OfInterest(ref SeededRandom random, double loyalty, double day)
    {
        double[] weights = ShopCatalogue.Cumulative(_interests.Select((topic, i) => _strengths[i] * _catalogue.TopicWeight(topic, day)));
        int interest = ShopCatalogue.Draw(ref random, weights);
        int? shop = random.NextDouble() < loyalty ? _favouriteShops[interest] : null;
        return _catalogue.DrawOfTopic(ref random, _interests[interest], shop, day);
    }

    private void TakeUp(int interest, ref SeededRandom random, double day)
    {
        _interests[interest] = DrawTopic(ref random, day);
        _favouriteShops[interest] = _catalogue.DrawShop(ref random, _interests[interest]);
    }

    private int DrawTopic(ref SeededRandom random, double day)
    {
        for (int topic = 0; topic < _topicWeights.Length; topic++)
        {
            _topicWeights[topic] = _catalogue.TopicWeight(topic, day) * Math.Exp(AgeLeaning * _clicks.AgeAffinity(AgeBand, topic));
        }

        return ShopCatalogue.Draw(ref random, ShopCatalogue.Cumulative(_topicWeights));
    }
}
