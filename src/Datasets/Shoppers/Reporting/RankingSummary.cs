namespace DinOrleans.Datasets.Shoppers.Reporting;

/// <summary>What came of some rankings. Rates are null where there is nothing to divide by.</summary>
public sealed record RankingSummary
{
    /// <summary>Rankings that were shown.</summary>
    public required long Rankings { get; init; }

    /// <summary>Items that they showed.</summary>
    public required long Shown { get; init; }

    /// <summary>Shown items that the shoppers looked at.</summary>
    public required long Looked { get; init; }

    /// <summary>Clicks on shown items.</summary>
    public required long Clicks { get; init; }

    /// <summary>Clicked items that were bought.</summary>
    public required long Conversions { get; init; }

    /// <summary>Clicks per item looked at, 0..1.</summary>
    public required double? Ctr { get; init; }

    /// <summary>The CTR to expect if the same candidates stood in the order of their true click probabilities, 0..1.</summary>
    public required double? BestCtr { get; init; }

    /// <summary>The CTR to expect if the same candidates stood in random order, 0..1.</summary>
    public required double? RandomCtr { get; init; }

    /// <summary>Clicks per ranking.</summary>
    public required double? ClicksPerRanking { get; init; }

    /// <summary>Clicks per ranking to expect of the order that was shown, by the true probabilities: what was clicked, without its chance.</summary>
    public required double? ExpectedClicksPerRanking { get; init; }

    /// <summary>Clicks per ranking to expect of the order of the true probabilities: no order of the candidates has more.</summary>
    public required double? BestClicksPerRanking { get; init; }

    /// <summary>Clicks per ranking to expect of a random order.</summary>
    public required double? RandomClicksPerRanking { get; init; }

    /// <summary>Clicks per ranking that the best order has more than the order shown, both as expected; at least 0.</summary>
    public required double? Regret { get; init; }

    /// <summary>The expected clicks of the order shown, on a scale on which random order is 0 and the best order is 1.</summary>
    public required double? Achieved { get; init; }
}
