using DinOrleans.Datasets.Shoppers.Visits;

namespace DinOrleans.Datasets.Shoppers.Reporting;

/// <summary>Sums over rankings that were shown.</summary>
internal sealed class Tally
{
    private long _rankings;
    private long _shown;
    private long _looked;
    private long _clicks;
    private long _conversions;
    private double _expected;
    private double _best;
    private double _random;
    private double _looks;

    public void Add(VisitOutcome outcome)
    {
        _rankings++;
        _shown += outcome.Shown.Length;
        _looked += outcome.Looked.Count(l => l);
        _clicks += outcome.Clicked.Count(c => c);
        _conversions += outcome.Bought.Count(b => b);
        _expected += outcome.ExpectedClicks;
        _best += outcome.BestClicks;
        _random += outcome.RandomClicks;
        _looks += outcome.ExpectedLooks;
    }

    public RankingSummary Summary() => new()
    {
        Rankings = _rankings,
        Shown = _shown,
        Looked = _looked,
        Clicks = _clicks,
        Conversions = _conversions,
        Ctr = Ratio(_clicks, _looked),
        BestCtr = Ratio(_best, _looks),
        RandomCtr = Ratio(_random, _looks),
        ClicksPerRanking = Ratio(_clicks, _rankings),
        ExpectedClicksPerRanking = Ratio(_expected, _rankings),
        BestClicksPerRanking = Ratio(_best, _rankings),
        RandomClicksPerRanking = Ratio(_random, _rankings),
        Regret = Ratio(_best - _expected, _rankings),
        Achieved = Ratio(_expected - _random, _best - _random),
    };

    /// <summary>The ratio; null where the divisor is 0.</summary>
    private static double? Ratio(double dividend, double divisor) => divisor > 0 ? dividend / divisor : null;
}
