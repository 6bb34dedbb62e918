
namespace DinOrleans.Datasets.SampleShop;

/// <summary>
/// The true click probability. It depends mainly on how strongly the candidate matches behaviours of its own topic: m = 1 − exp(−s), where s is the sum
/// over behaviours of the candidate's topic of 1 if the shop is the same too, and of 0.03 otherwise. Behaviours of other topics have no effect, also if
/// their shop is the same. A model that averages the history mixes up which topic went with which shop. It loses what a model that attends to the right
/// behaviours keeps.
/// </summary>
internal sealed class ClickModel
{
    public const int AgeBands = 5;

    private const double Base = -2.8;
    private const double MatchEffect = 3.4;
    private const double SameTopicAndShop = 1;
    private const double SameTopic = 0.03;
    private const double QualityEffect = 0.5;
    private const double PopularityEffect = 0.3;
    private const double AgeEffect = 0.4;
    private const double DriftScale = 8;

    /// <summary>The effect of each device, and of expensive items on it.</summary>
    private static readonly (string Name, double Effect, double PriceEffect)[] DeviceEffects =
        [("ios", 0.15, 0.25), ("android", 0, -0.25), ("web", -0.2, 0)];

    private readonly double[] _age;
    private readonly int _topics;
    private readonly double _forgetting;

    public ClickModel(SampleShopOptions options)
    {
        var random = new SeededRandom(options.Seed, 2);
        _topics = options.Topics;
        _age = new double[AgeBands * options.Topics];
        for (int i = 0; i < _age.Length; i++)
        {
            _age[i] = random.NextNormal();
        }

        _forgetting = Math.Exp(-options.InterestDrift / DriftScale);
    }

    /// <summary>The devices that shoppers use.</summary>
    public static IReadOnlyList<string> Devices { get; } = [.. DeviceEffects.Select(d => d.Name)];

    /// <summary>How much an age band likes a topic, with a standard normal distribution over bands and topics.</summary>
    public double AgeAffinity(int ageBand, int topic) => _age[(ageBand * _topics) + topic];

    /// <summary>The probability that a shopper clicks.</summary>
    /// <param name="candidate">The item shown.</param>
    /// <param name="history">The behaviours that a ranking sees, oldest first.</param>
    /// <param name="ageBand">The shopper's age band.</param>
    /// <param name="device">The index in <see cref="Devices"/>.</param>
    public double Probability(ShopItem candidate, ReadOnlySpan<ShopItem> history, int ageBand, int device)
    {
        double strength = 0;
        double weight = 1;
        for (int j = history.Length - 1; j >= 0; j--)
        {
            if (history[j].Topic == candidate.Topic)
            {
                strength += weight * (history[j].Shop == candidate.Shop ? SameTopicAndShop : SameTopic);
            }

            weight *= _forgetting;
        }

        double match = 1 - Math.Exp(-strength);
        double logit = Base + (MatchEffect * match)
            + (QualityEffect * candidate.Quality)
            + (PopularityEffect * candidate.PopularityLevel)
            + (AgeEffect * AgeAffinity(ageBand, candidate.Topic))
            + DeviceEffects[device].Effect
            + (DeviceEffects[device].PriceEffect * candidate.PriceLevel);
        return 1 / (1 + Math.Exp(-logit));
    }
}
