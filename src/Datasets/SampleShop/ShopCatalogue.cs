
namespace DinOrleans.Datasets.SampleShop;

/// <summary>The items of a sample shop, with popularity by Zipf's law, topics with seasons, shops of a few topics, and cold items.</summary>
internal sealed class ShopCatalogue
{
    private const double ZipfExponent = 0.8;
    private const double SeasonStrength = 0.8;
    private const double SeasonDays = 90;
    private const int ShopsPerTopic = 4;
    private const int TopicsPerShop = 6;
    private const int Tries = 30;

    private readonly int[][] _itemsOfTopic;
    private readonly double[][] _cumulativeOfTopic;
    private readonly double[] _cumulative;
    private readonly double[] _topicWeight;
    private readonly int[] _shopsOfTopic;

    public ShopCatalogue(SampleShopOptions options)
    {
        var random = new SeededRandom(options.Seed, 1);
        int[] ranks = [.. Enumerable.Range(0, options.Items)];
        random.Shuffle(ranks);
        int shops = Math.Max(ShopsPerTopic, options.Topics * ShopsPerTopic / TopicsPerShop);
        double[] topicPrice = new double[options.Topics];
        _topicWeight = new double[options.Topics];
        _shopsOfTopic = new int[options.Topics * ShopsPerTopic];
        for (int topic = 0; topic < options.Topics; topic++)
        {
            topicPrice[topic] = 2.5 + (0.8 * random.NextNormal());
            _topicWeight[topic] = Math.Exp(0.5 * random.NextNormal());
            for (int i = 0; i < ShopsPerTopic; i++)
            {
                _shopsOfTopic[(topic * ShopsPerTopic) + i] = random.Next(shops);
            }
        }

        Items = new ShopItem[options.Items];
        for (int i = 0; i < Items.Length; i++)
        {
            // The first items are spread over all topics, so that none is empty.
            int topic = i < 10 * options.Topics ? i % options.Topics : random.Next(options.Topics);
            int shop = DrawShop(ref random, topic);
            double priceLevel = random.NextNormal();
            bool cold = random.NextDouble() < options.ColdItemShare;
            Items[i] = new ShopItem(
                $"item-{i}",
                topic,
                shop,
                Math.Exp(topicPrice[topic] + (0.5 * priceLevel)),
                priceLevel,
                random.NextNormal(),
                Math.Pow(ranks[i] + 1, -ZipfExponent),
                1 - (2 * Math.Log(ranks[i] + 1) / Math.Log(options.Items)),
                cold ? options.Days * (0.5 + (0.5 * random.NextDouble())) : 0);
        }

        _cumulative = Cumulative(Items.Select(item => item.Popularity));
        _itemsOfTopic = [.. Enumerable.Range(0, options.Topics).Select(t => Enumerable.Range(0, Items.Length).Where(i => Items[i].Topic == t).ToArray())];
        _cumulativeOfTopic = [.. _itemsOfTopic.Select(items => Cumulative(items.Select(i => Items[i].Popularity)))];
    }

    public ShopItem[] Items { get; }

    /// <summary>The demand for a topic on a day, which varies around the topic's own weight.</summary>
    public double TopicWeight(int topic, double day)
    {
        double phase = topic * 0.618;
        return _topicWeight[topic] * (1 + (SeasonStrength * Math.Sin(2 * Math.PI * ((day / SeasonDays) + phase))));
    }

    /// <summary>Draws one of the shops that sell a topic.</summary>
    public int DrawShop(ref SeededRandom random, int topic) => _shopsOfTopic[(topic * ShopsPerTopic) + random.Next(ShopsPerTopic)];

    /// <summary>Draws an item of a topic by popularity, of those in the catalogue on a day.</summary>
    /// <param name="random">The random numbers to draw with.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="shop">The shop that sells the item, if it has one. Null for any shop.</param>
    /// <param name="day">The day.</param>
    public int DrawOfTopic(ref SeededRandom random, int topic, int? shop, double day)
    {
        for (int i = 0; i < Tries; i++)
        {
            int item = _itemsOfTopic[topic][Draw(ref random, _cumulativeOfTopic[topic])];
            if (Items[item].Born <= day && (shop is null || Items[item].Shop == shop))
            {
                return item;
            }
        }

        return shop is null ? DrawUniform(ref random, day) : DrawOfTopic(ref random, topic, shop: null, day);
    }

    /// <summary>Draws an item by popularity and season.</summary>
    public int DrawPopular(ref SeededRandom random, double day)
    {
        for (int i = 0; i < Tries; i++)
        {
            int item = Draw(ref random, _cumulative);
            double season = TopicWeight(Items[item].Topic, day) / (_topicWeight[Items[item].Topic] * (1 + SeasonStrength));
            if (Items[item].Born <= day && random.NextDouble() < season)
            {
                return item;
            }
        }

        return DrawUniform(ref random, day);
    }

    /// <summary>Draws any item that is in the catalogue on a day. At least half of the items always are.</summary>
    public int DrawUniform(ref SeededRandom random, double day)
    {
        int item;
        do
        {
            item = random.Next(Items.Length);
        }
        while (Items[item].Born > day);
        return item;
    }

    /// <summary>Draws an index by cumulative weights.</summary>
    public static int Draw(ref SeededRandom random, double[] cumulative)
    {
        int index = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
        return Math.Min(index < 0 ? ~index : index + 1, cumulative.Length - 1);
    }

    /// <summary>The running sums of weights.</summary>
    public static double[] Cumulative(IEnumerable<double> weights)
    {
        double[] sums = [.. weights];
        for (int i = 1; i < sums.Length; i++)
        {
            sums[i] += sums[i - 1];
        }

        return sums;
    }
}
